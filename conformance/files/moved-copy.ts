import { randomUUID } from 'node:crypto';
import { linkSync, lstatSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FileError } from './file-error.js';
import { openClone, PlacedFile } from './placed-file.js';
import { refuseOther } from './replace-file.js';
import { PIECE, SourcePieces } from './source-pieces.js';

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

/** Pieces after which signals are looked at. */
const PIECES_IN_A_ROW = 64;
const ZEROS = new Uint8Array(PIECE);
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Writes such a copy, of any size, in one step: under a name that nobody knows before, to a file
 * that there was not, which gets its name once it is whole. Long rows of zeros become holes, which
 * take no room where the file system has such; where it can, a file of which nothing moves shares
 * its blocks with the source. When it fails, or a signal ends the process, nothing is left.
 *
 * @throws FileError when it cannot be in its place, or the source changes meanwhile, else the error
 * of the file system.
 */
export async function writeMovedCopy(file: string, copy: MovedCopy, placing: Placing): Promise<void> {
  if (placing.replaces) refuseOther(file);
  else refuseExisting(file);
  const temporary = join(dirname(file), `.${randomUUID()}.tmp`);
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
    await writeParts(temporary, file, copy, placing);
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
  throw new FileError(`${file} exists already, so nothing is written there. Give another place, or --force.`);
}

async function writeParts(
  temporary: string,
  file: string,
  copy: MovedCopy,
  { succeeds, onProgress }: Placing,
): Promise<void> {
  const source = new SourcePieces(copy.source);
  try {
    const clone = isClone(copy, source) ? openClone(copy.source, temporary) : null;
    const placed = new PlacedFile(temporary, file, copy.size, clone);
    try {
      placed.write(copy.head, 0);
      if (clone === null) await copyRest(source, placed, copy, onProgress);
      else placed.write(ZEROS.subarray(0, copy.keptAt - copy.head.length), copy.head.length);
      source.refuseChanged();
      if (succeeds) placed.settle(source.mode);
    } finally {
      placed.close();
    }
  } finally {
    source.close();
  }
}

/** Whether all but a little at the beginning is where it was. */
function isClone({ head, keptFrom, keptAt, size }: MovedCopy, source: SourcePieces): boolean {
  return keptFrom === keptAt && size === source.size && keptAt - head.length <= PIECE;
}

async function copyRest(
  source: SourcePieces,
  placed: PlacedFile,
  { keptFrom, keptAt, size }: MovedCopy,
  onProgress: Placing['onProgress'],
): Promise<void> {
  const end = keptFrom + size - keptAt;
  const moved = keptAt - keptFrom;
  // At multiples of a piece of the source, as reading past the cache wants it.
  for (let at = Math.floor(keptFrom / PIECE) * PIECE, pieces = 1; at < end; at += PIECE, pieces++) {
    const from = Math.max(at, keptFrom);
    const bytes = source.piece(at).subarray(from - at, Math.min(PIECE, end - at));
    if (!isZeros(bytes)) placed.write(bytes, from + moved);
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

function isZeros(bytes: Uint8Array): boolean {
  return Buffer.compare(bytes, ZEROS.subarray(0, bytes.length)) === 0;
}
