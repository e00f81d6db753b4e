/** Units of work that any file may take. */
const ANYWAY = 1_000_000;
/** Units of work for each byte of a file: several times what one takes that repeats nothing. */
const FOR_EACH_BYTE = 32;
/** Bytes of a file that work is allowed for; what a larger one has more is delegates' data. */
const MOST_BYTES = 2 ** 26;

/** A file refers to the same parts again and again, so that reading it takes more than its size. */
export class ExhaustingProgramError extends Error {
  readonly code = 'ERR_EXHAUSTING_PROGRAM';

  constructor(size: number) {
    super(
      `The file has ${size} bytes, but refers to the same parts of it so often that reading them all would ` +
        'take far more time and memory than its size. No exporter writes such a file.',
    );
    this.name = 'ExhaustingProgramError';
  }
}

/**
 * How much work may be put into a file, in proportion to what is read of it. Offsets of a
 * flatbuffer may lead to the same table any number of times.
 */
export class ReadingWork {
  /** As much as it takes. */
  static readonly UNLIMITED = new ReadingWork(Infinity);

  readonly #size: number;
  /** Bytes of the file that work can still be allowed for. */
  #unread: number;
  #left: number;

  /** @param size - bytes of the file */
  constructor(size: number) {
    this.#size = size;
    this.#unread = Math.min(size, MOST_BYTES);
    this.#left = size === Infinity ? Infinity : ANYWAY;
  }

  /** Allows the work for so many bytes that are read, in all at most for {@link MOST_BYTES}. */
  allow(bytes: number): void {
    const more = Math.min(bytes, this.#unread);
    this.#unread -= more;
    this.#left += FOR_EACH_BYTE * more;
  }

  /**
   * Takes so many units.
   *
   * @throws ExhaustingProgramError when no more are left.
   */
  take(units: number): void {
    this.#left -= units;
    if (this.#left < 0) throw new ExhaustingProgramError(this.#size);
  }
}
