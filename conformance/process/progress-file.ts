import { closeSync, readSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { naming } from '../files/named-errors.js';
import { openNamelessFile } from '../files/nameless-file.js';

const BYTES = 8;

/**
 * The file in which a subject keeps the number of the case at work (spec/protocol.md). It has no
 * name, so that nothing is left behind however this process ends.
 */
export class ProgressFile {
  readonly #file: number;
  /** What a process of the same user opens it by, as long as this one lives. */
  readonly path: string;

  private constructor(file: number) {
    this.#file = file;
    this.path = `/proc/${process.pid}/fd/${file}`;
  }

  /** Makes one; null where there are no such paths. */
  static create(): ProgressFile | null {
    if (process.platform !== 'linux') return null;
    const file = openNamelessFile('wsb-progress-');
    try {
      naming(tmpdir(), () => writeSync(file, new Uint8Array(BYTES)));
      return new ProgressFile(file);
    } catch (error) {
      closeSync(file);
      throw error;
    }
  }

  /** The number of the case that was begun last; 0 when there was none. */
  read(): number {
    const bytes = Buffer.alloc(BYTES);
    naming(this.path, () => readSync(this.#file, bytes, 0, BYTES, 0));
    return bytes.readUInt32LE(0);
  }

  close(): void {
    closeSync(this.#file);
  }
}
