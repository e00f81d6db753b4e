import { randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  writeSync,
} from 'node:fs';
import { FileError } from './file-error.js';
import { openNewFile } from './new-file.js';
import { refuseOther } from './replace-file.js';

/** A file that is to have another beginning, and the rest of an old file at a place of its own. */
export interface MovedCopy {
  readonly head: Uint8Array;
  /** The plain file that the rest is of; it is not changed. */
  readonly source: string;
  /** Where in it the rest begins. */
  readonly keptFrom: number;
  /** Where it begins in the new file; between `head` and it are zeros. */
  readonly keptAt: number;
  /** Bytes of the new file. */
  readonly size: number;
}

/** How a copy is put in its place. */
export interface Placing {
  /** Whether it may take the place of a file that is there. */
  readonly replaces: boolean;
  /**
   * Whether it keeps the permissions of the source, and is on the disk before it is in its place.
   */
  readonly succeeds: boolean;
  /** Looks at the finished copy before it gets its name; what it throws ends all. */
  readonly check: (copy: string) => void;
  /** Told which part is done, in bytes of the new file. */
  readonly onProgress?: (done: number, size: number) => void;
}

/** Bytes that are read and written in one go; holes are found in such pieces. */
const PIECE = 2 ** 20;
/** Pieces after which signals are looked at. */
const PIECES_IN_A_ROW = 64;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const BLOCK_BYTES = 512;
const { O_RDONLY, O_NONBLOCK, O_DIRECT } = constants;

/**
 * Writes such a copy, of any size, in one step: under a name that nobody knows before, to a file
 * that there was not, which gets its name once it is whole. Long rows of zeros become holes, which
 * take no room where the file system has such. When it fails, or a signal ends the process, nothing
 * is left.
 *
 * @throws FileError when something is in its place, or the source changes meanwhile, else the error
 * of the file system.
 */
export async function writeMovedCopy(file: string, copy: MovedCopy, placing: Placing): Promise<void> {
  if (placing.replaces) refuseOther(file);
  else refuseExisting(file);
  const temporary = `${file}.${randomUUID()}.tmp`;
  const onSignal = (signal: NodeJS.Signals): void => {
    stop();
    rmSync(temporary, { force: true });
    process.kill(process.pid, signal);
  };
  const stop = (): void => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    await writeParts(temporary, copy, placing);
    placing.check(temporary);
    give(temporary, file, placing);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    stop();
  }
}

function refuseExisting(file: string): void {
  if (lstatSync(file, { throwIfNoEntry: false }) === undefined) return;
  throw new FileError(`${file} exists already, so nothing is written there. Give another place.`);
}

async function writeParts(
  temporary: string,
  copy: MovedCopy,
  { succeeds, onProgress }: Placing,
): Promise<void> {
  const source = new SourceFile(copy.source);
  try {
    const opened = openNewFile(temporary);
    try {
      ftruncateSync(opened, copy.size);
      writeAll(opened, copy.head, 0);
      await copyRest(source, opened, copy, onProgress);
      source.refuseChanged();
      if (succeeds) {
        fchmodSync(opened, source.mode);
        fsyncSync(opened);
      }
    } finally {
      closeSync(opened);
    }
  } finally {
    source.close();
  }
}

async function copyRest(
  source: SourceFile,
  opened: number,
  { keptFrom, keptAt, size }: MovedCopy,
  onProgress: Placing['onProgress'],
): Promise<void> {
  const end = keptFrom + size - keptAt;
  const moved = keptAt - keptFrom;
  // At multiples of a piece of the source, as reading past the cache wants it.
  for (let at = Math.floor(keptFrom / PIECE) * PIECE, pieces = 1; at < end; at += PIECE, pieces++) {
    const from = Math.max(at, keptFrom);
    const bytes = source.piece(at).subarray(from - at, Math.min(PIECE, end - at));
    if (!isZeros(bytes)) writeAll(opened, bytes, from + moved);
    if (pieces % PIECES_IN_A_ROW !== 0) continue;
    onProgress?.(from + moved, size);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Gives a finished file its name. */
function give(temporary: string, file: string, { replaces }: Placing): void {
  if (!replaces) {
    try {
      // Fails where a file of that name has come meanwhile.
      linkSync(temporary, file);
      rmSync(temporary);
      return;
    } catch (error) {
      refuseExisting(file);
      if (!(error instanceof Error && 'syscall' in error && error.syscall === 'link')) throw error;
      // A file system without links.
    }
  }
  renameSync(temporary, file);
}

/** A plain file that is read piece by piece. */
class SourceFile {
  readonly #name: string;
  readonly #opened: number;
  readonly #before: Stats;
  readonly #buffer = new Uint8Array(PIECE);
  readonly #direct: number | null;

  constructor(file: string) {
    this.#name = file;
    this.#opened = openSync(file, O_RDONLY | O_NONBLOCK);
    this.#before = fstatSync(this.#opened);
    const { size, blocks } = this.#before;
    // Of a file with holes the zeros need not come to the cache.
    this.#direct = blocks * BLOCK_BYTES < size ? openDirect(file) : null;
  }

  /** Of its permissions, those that can be set. */
  get mode(): number {
    return this.#before.mode & 0o777;
  }

  /** The piece at a multiple of {@link PIECE}; the next one takes its place. */
  piece(at: number): Uint8Array {
    const wanted = Math.min(PIECE, this.#before.size - at);
    let done = this.#pieceDirect(at, wanted);
    while (done < wanted) {
      const count = readSync(this.#opened, this.#buffer, done, wanted - done, at + done);
      if (count === 0) this.refuseChanged();
      if (count === 0) throw this.#changed();
      done += count;
    }
    return this.#buffer.subarray(0, wanted);
  }

  /** @throws FileError when it is no longer what it was. */
  refuseChanged(): void {
    const { size, mtimeMs } = fstatSync(this.#opened);
    if (size !== this.#before.size || mtimeMs !== this.#before.mtimeMs) throw this.#changed();
  }

  close(): void {
    closeSync(this.#opened);
    if (this.#direct !== null) closeSync(this.#direct);
  }

  /**
   * Bytes read past the cache: none where the place in memory is not fit for what is on the disk.
   */
  #pieceDirect(at: number, wanted: number): number {
    if (this.#direct === null) return 0;
    try {
      return Math.min(readSync(this.#direct, this.#buffer, 0, PIECE, at), wanted);
    } catch {
      return 0;
    }
  }

  #changed(): FileError {
    return new FileError(`${this.#name} was changed while it was read. Wait until nothing writes to it.`);
  }
}

function openDirect(file: string): number | null {
  try {
    return openSync(file, O_RDONLY | O_NONBLOCK | O_DIRECT);
  } catch {
    return null;
  }
}

const ZEROS = new Uint8Array(PIECE);

function isZeros(bytes: Uint8Array): boolean {
  return Buffer.compare(bytes, ZEROS.subarray(0, bytes.length)) === 0;
}

function writeAll(opened: number, bytes: Uint8Array, at: number): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(opened, bytes, done, bytes.length - done, at + done);
  }
}
