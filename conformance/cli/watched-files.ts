import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isFolder } from '../files/files-below.js';
import { splitCommand } from '../subjects/executable.js';
import { CONFIG_FILE } from './read-config.js';
import type { SuiteOptions } from './suite-options.js';

/** What a run is made of, as far as files of the user's say it. */
export type WatchedOptions = Pick<SuiteOptions, 'subject' | 'expectations' | 'filterFrom' | 'config'>;

/**
 * The files after whose change a run may come to something else: the subject's, as far as its name
 * tells them, and those that the options name. Each once, as absolute paths.
 */
export function watchedFiles(root: string, options: WatchedOptions): readonly string[] {
  const { subject, expectations = [], filterFrom = [], config } = options;
  const found = existsSync(CONFIG_FILE) ? [CONFIG_FILE] : [];
  const configs = typeof config === 'string' ? [config] : config === false ? [] : found;
  const files = [...subjectFiles(root, subject), ...expectations, ...filterFrom, ...configs];
  return [...new Set(files.map((file) => resolve(file)))];
}

function subjectFiles(root: string, subject: string): readonly string[] {
  if (subject.startsWith('so:')) return [subject.slice('so:'.length)];
  if (subject.startsWith('exec:')) {
    return splitCommand(subject.slice('exec:'.length)).filter((word) => existsSync(word) && !isFolder(word));
  }
  const build = join(root, 'native/build');
  if (!subject.startsWith('native') || !isFolder(build)) return [];
  return readdirSync(build)
    .filter((name) => /\.(?:so|node)$/.test(name))
    .map((name) => join(build, name));
}
