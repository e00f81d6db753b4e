import type { ProgramOnDisk } from '../../reference/index.js';
import { fileSource } from './file-source.js';

/** The program in a file, named by its absolute path, for a host that loads it from there. */
export function programOnDisk(path: string): ProgramOnDisk {
  return { ...fileSource(path), path };
}
