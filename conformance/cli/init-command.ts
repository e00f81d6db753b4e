import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command, Option } from 'commander';
import { makeFolder } from '../files/make-folder.js';
import { writeNewFile } from '../files/new-file.js';
import { replaceFile } from '../files/replace-file.js';
import { lineList, visible, visibleLine } from '../model/visible-text.js';
import { packageOf } from '../package-of.js';
import { EXIT } from '../run/exit-code.js';
import { initFiles, nextCommands } from './init-files.js';
import { type Output, UsageError } from './output.js';
import { shellWord } from './shell-word.js';

interface InitOptions {
  readonly language?: 'cpp' | 'python';
  readonly so?: string;
  readonly ci: 'github' | 'gitlab';
  readonly force?: true;
}

/** `trt-conformance init [DIR]`. */
export function initCommand(root: string, output: Output, end: (code: number) => void): Command {
  return new Command('init')
    .argument('[folder]', 'where to', '.')
    .addOption(
      new Option('--language <language>', 'of the adapter (default: cpp)')
        .choices(['cpp', 'python'])
        .conflicts('so'),
    )
    .option('--so <path>', 'a shared library that registers a backend, which needs no adapter')
    .addOption(new Option('--ci <ci>', 'whose workflow').choices(['github', 'gitlab']).default('github'))
    .option('--force', 'write over files that are there')
    .action((folder: string, options: InitOptions) => {
      init(root, folder, options, output);
      end(EXIT.conforms);
    });
}

/** @throws UsageError when a file is there already; nothing was written then. */
function init(root: string, folder: string, options: InitOptions, { out }: Output): void {
  const { so, language = 'cpp', ci, force = false } = options;
  if (so === '') throw new UsageError('--so needs the path of a shared library, such as ./libdelegate.so.');
  const choices = {
    language: so === undefined ? language : null,
    library: so ?? null,
    ci,
    version: packageOf(root).version,
  };
  const files = initFiles(root, choices);
  const there = [...files.keys()].filter((file) => isThere(join(folder, file)));
  if (there.length > 0 && !force) {
    throw new UsageError(
      `Nothing was written: ${there.map((file) => visibleLine(join(folder, file))).join(', ')} ` +
        `${there.length === 1 ? 'is' : 'are'} there already. Move them, or give --force to write over them.`,
    );
  }
  for (const [file, text] of files) {
    const path = join(folder, file);
    makeFolder(dirname(path));
    if (force) replaceFile(path, text);
    else writeNewFile(path, text);
  }
  const enter = folder === '.' ? [] : [visible`  cd ${shellWord(folder)}`];
  out(
    lineList([
      ...[...files.keys()].map((file) => visible`wrote ${join(folder, file)}`),
      visible``,
      visible`Next:`,
      ...enter,
      ...nextCommands(choices).map((command) => visible`  ${command}`),
    ]),
  );
}

/** Whether anything has that name, be it a link that leads nowhere. */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
