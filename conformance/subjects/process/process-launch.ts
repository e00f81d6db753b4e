import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { buildMutant } from '../build-mutant.js';
import { DELEGATE_LIBRARY } from '../native-subject.js';
import { SubjectError } from '../subject-error.js';
import { guardBelow, type Launch } from './child.js';
import { splitCommand } from './split-command.js';

const KINDS = ['exec', 'so', 'native-process', 'upstream'] as const;

/** Kinds of subjects that run in a process of their own. */
export type ProcessKind = (typeof KINDS)[number];

/** Whether a subject of that kind runs in a process of its own. */
export function isProcessSubject(kind: string): kind is ProcessKind {
  return KINDS.some((known) => known === kind);
}

/**
 * How to start a subject.
 * - `exec:COMMAND`: any program; see {@link splitCommand} for the command.
 * - `so:PATH`: a shared library that registers a backend, under `backendId` when that is given, in the suite's host.
 * - `native-process`, `native-process:MUTANT`: our delegate in that host.
 * - `upstream`: the released delegate in its own host, which is built when it is not there yet.
 *
 * @throws SubjectError when a part of it is missing.
 */
export async function processLaunch(
  root: string,
  kind: ProcessKind,
  detail: string | null,
  backendId: string | null,
): Promise<Launch> {
  const guard = guardBelow(root);
  const build = join(root, 'native/build');
  switch (kind) {
    case 'exec': {
      const [program, ...args] = splitCommand(detail ?? '');
      return { program, args, guard };
    }
    case 'so': {
      const library = needed(resolve(detail ?? ''), 'Give the path of a shared library after so:');
      const id = backendId === null ? [] : ['--backend-id', backendId];
      return { ...hosted(build, library, [...id, '--name', 'so']), guard };
    }
    case 'native-process': {
      const library = detail === null ? join(build, DELEGATE_LIBRARY) : await buildMutant(root, detail);
      return { ...hosted(build, library, []), guard };
    }
    case 'upstream':
      return { program: await upstreamHost(root), args: [], guard };
  }
}

function hosted(build: string, library: string, args: readonly string[]): Omit<Launch, 'guard'> {
  const program = needed(join(build, 'wsb-host'), 'Run npm run build');
  return { program, args: ['--delegate', library, ...args] };
}

function needed(file: string, advice: string): string {
  if (existsSync(file)) return file;
  throw new SubjectError('missing', `There is no file ${file}. ${advice}.`);
}

async function upstreamHost(root: string): Promise<string> {
  const host = join(root, 'native/build/upstream/wsb-host-upstream');
  if (existsSync(host)) return host;
  const built = await execa(process.execPath, ['scripts/build.mjs', '--native-only', '--upstream'], {
    cwd: root,
    reject: false,
    all: true,
  });
  if (built.exitCode === 0) return host;
  throw new SubjectError('missing', `The host of the upstream delegate cannot be built:\n${built.all}`);
}
