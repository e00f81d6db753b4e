import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { UsageError } from './output.js';

/** Bytes of a program that is read at most. */
export const LARGEST_PROGRAM = 2 ** 30;

/**
 * Reads a program from a file. Nothing else is read, such as a device or a pipe, and none that is
 * larger than {@link LARGEST_PROGRAM}.
 *
 * @throws UsageError when it cannot be read; the message says why.
 */
export function readProgramFile(file: string): Uint8Array {
  let opened: number | null = null;
  try {
    // A pipe without a writer is opened, too, and then refused.
    opened = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const { size } = checked(fstatSync(opened), file);
    const bytes = readFileSync(opened);
    // A file that grows meanwhile is read as it was.
    return new Uint8Array(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, size));
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new UsageError(`The file ${JSON.stringify(file)} cannot be read (${why}).`, { cause });
  } finally {
    if (opened !== null) closeSync(opened);
  }
}

function checked<T extends { readonly size: number; isFile(): boolean }>(stats: T, file: string): T {
  if (!stats.isFile()) {
    throw new UsageError(`${JSON.stringify(file)} is not a plain file. Give the path of a program (.pte).`);
  }
  if (stats.size > LARGEST_PROGRAM) {
    const sizes = `${stats.size} bytes; a program of at most ${LARGEST_PROGRAM} is read`;
    throw new UsageError(`The file ${JSON.stringify(file)} has ${sizes}.`);
  }
  return stats;
}
