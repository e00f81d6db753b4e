import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import type { Output } from './output.js';

/** What scripts/build/build-command.mjs exports: it works before anything is built. */
interface Builder {
  readonly buildCommand: (argv: string[]) => Promise<number>;
}

/** `trt-conformance build`. */
export function buildCommand(root: string, _output: Output, end: (code: number) => void): Command {
  return new Command('build')
    .argument('[options...]', 'options of the build')
    .allowUnknownOption()
    .helpOption(false)
    .action(async (given: string[]) => {
      const script = pathToFileURL(join(root, 'scripts/build/build-command.mjs')).href;
      const builder = (await import(script)) as Builder;
      end(await builder.buildCommand(['--strict', ...given]));
    });
}
