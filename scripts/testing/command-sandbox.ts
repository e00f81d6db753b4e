import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { packagePaths } from '../build/package-paths.mjs';

/** How a command ended. */
export interface CommandEnd {
  readonly code: number | undefined;
  /** Both streams. */
  readonly text: string;
}

/** A folder in which commands run as a reader of the documentation types them. */
export interface CommandSandbox {
  readonly folder: string;
  /** Runs a line in bash there. `env` adds to the environment. */
  readonly run: (line: string, env?: Readonly<Record<string, string>>) => Promise<CommandEnd>;
  readonly remove: () => void;
}

/** Runs of few cases, since what is tried is the command and not the delegate. */
const FEW = "--filter 'WSB-PARSE-0*' --cases 300 --decisions 300";

/** The same of an exporter, which has neither those clauses nor decisions. */
const FEW_EXPORTS = '--cases 50';

/**
 * A folder with a `npx` and a `npm` of its own, which run the suite of this checkout with few
 * cases, and the files that the documentation names. It has a folder with an empty home.
 */
export function commandSandbox(): CommandSandbox {
  const { root } = packagePaths;
  const parent = mkdtempSync(join(tmpdir(), 'documented-'));
  const folder = join(parent, 'work');
  const bin = join(parent, 'bin');
  for (const each of [folder, bin, join(parent, 'home')]) mkdirSync(each);
  for (const name of ['golden', 'spec', 'scripts', 'node_modules', 'dist', 'package.json', 'conformance']) {
    symlinkSync(join(root, name), join(folder, name));
  }
  const build = join(root, 'native/build');
  const library = join(build, 'libtensorrt_delegate.so');
  for (const name of ['libmy_delegate.so', 'backend.so']) symlinkSync(library, join(folder, name));
  const suite = `node ${quoted(join(root, 'scripts/trt-conformance.mjs'))}`;
  const files: Readonly<Record<string, string>> = {
    [join(folder, 'my_adapter')]:
      `exec ${quoted(join(build, 'wsb-host'))} --delegate ${quoted(library)} "$@"`,
    [join(bin, 'npx')]: `[ "$1" = trt-conformance ] || exit 97
shift
case "$*" in
*--exporter*) exec ${suite} "$@" ${FEW_EXPORTS} ;;
run*) exec ${suite} "$@" ${FEW} ;;
*) exec ${suite} "$@" ;;
esac`,
    [join(bin, 'npm')]: `[ "$1" = run ] || exit 97
script=$2
shift 2
[ "\${1:-}" != -- ] || shift
case "$script" in
conformance) exec ${suite} run "$@" ${FEW} ;;
executorch) exec node ${quoted(join(root, 'scripts/executorch.mjs'))} "$@" ${FEW} ;;
*) exit 97 ;;
esac`,
  };
  for (const [file, text] of Object.entries(files)) {
    writeFileSync(file, `#!/usr/bin/env bash\n${text}\n`);
    chmodSync(file, 0o755);
  }
  writeFileSync(join(folder, 'clauses.txt'), 'WSB-PARSE-03\n');
  const env = { HOME: join(parent, 'home'), PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` };
  return {
    folder,
    run: async (line, more = {}) => {
      const ended = await execa('bash', ['-ec', line], {
        cwd: folder,
        env: { ...env, ...more },
        all: true,
        reject: false,
        stdin: 'ignore',
      });
      return { code: ended.exitCode, text: ended.all };
    },
    remove: () => {
      rmSync(parent, { recursive: true });
    },
  };
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
