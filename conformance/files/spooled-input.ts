import { closeSync, fstatSync, readSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isatty } from 'node:tty';
import { FileError } from './file-error.js';
import { openNamelessFile } from './nameless-file.js';
import { PlainFile } from './plain-file.js';

/** How what comes on standard input is called in messages. */
export const STANDARD_INPUT = 'standard input';

/** Bytes that are held in memory at a time. */
const PIECE_BYTES = 2 ** 20;
/** Milliseconds to wait for a writer where a read does not wait itself. */
const PAUSE = 5;

/**
 * Standard input as a file that can be read anywhere. A file that stands there is taken as it is.
 * What comes through a pipe, of any size, is copied to a temporary file that no other user can open
 * and that has no name: whatever ends this process, nothing is left of it.
 *
 * @param input its descriptor
 * @throws FileError when it is a terminal, or the folder for temporary files has no room
 */
export function spooledInput(input = 0): PlainFile {
  if (isatty(input)) {
    throw new FileError('Standard input is a terminal. Pipe a program into it, or give its file.');
  }
  if (fstatSync(input).isFile()) return new PlainFile(STANDARD_INPUT, input);
  const opened = openNamelessFile('trt-conformance-input-');
  try {
    copy(input, opened);
    return new PlainFile(STANDARD_INPUT, opened);
  } catch (error) {
    closeSync(opened);
    throw error;
  }
}

function copy(input: number, output: number): void {
  const piece = new Uint8Array(PIECE_BYTES);
  for (;;) {
    const count = readSome(input, piece);
    if (count === 0) return;
    for (let done = 0; done < count;) done += writeSome(output, piece.subarray(done, count));
  }
}

/** Reads what is there, and waits for it; gives how many bytes, 0 at the end. */
function readSome(input: number, into: Uint8Array): number {
  for (;;) {
    try {
      return readSync(input, into);
    } catch (error) {
      // Another process made the pipe one that does not wait.
      if (codeOf(error) !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}

function writeSome(output: number, bytes: Uint8Array): number {
  try {
    return writeSync(output, bytes);
  } catch (cause) {
    const code = codeOf(cause);
    if (code !== 'ENOSPC' && code !== 'EDQUOT' && code !== 'EFBIG') throw cause;
    throw new FileError(
      `${JSON.stringify(tmpdir())} has no room for what comes on standard input (${code}). ` +
        'Let TMPDIR name a folder with room, or give the file by its name.',
    );
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
