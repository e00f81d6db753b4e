import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../files/files-below.js';
import { makeFolder } from '../files/make-folder.js';
import { readPlainFile } from '../files/read-plain-file.js';
import { replaceFile } from '../files/replace-file.js';

/** Bytes of a file of a corpus at most. */
const MOST_BYTES = 1 << 20;

/** The inputs of a target that are kept with the suite. */
export function keptCorpus(root: string, target: string): string {
  return join(root, 'conformance/fuzz/corpus', target);
}

/** What the files of a folder hold, in the order of their names; nothing where there is none. */
export function inputsOf(folder: string): readonly Uint8Array[] {
  if (!existsSync(folder)) return [];
  return filesBelow(folder, '').map((file) => new Uint8Array(readPlainFile(file, MOST_BYTES)));
}

/** Writes an input under a name that follows from what it holds; gives its path. */
export function writeInput(folder: string, input: Uint8Array, ending = ''): string {
  makeFolder(folder);
  const file = join(folder, `${nameOf(input)}${ending}`);
  if (!existsSync(file)) replaceFile(file, input);
  return file;
}

function nameOf(input: Uint8Array): string {
  return createHash('sha256').update(input).digest('hex').slice(0, 16);
}
