import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import type { Policy } from '../../reference/index.js';
import { buildMutant } from './build-mutant.js';
import { DELEGATE_LIBRARY } from './native-subject.js';
import { SubjectError } from '../model/subject-error.js';
import { guardBelow, type Launch } from '../process/child.js';
import { runnableProgram } from '../process/runnable-program.js';
import { splitCommand } from '../process/split-command.js';

const KINDS = ['exec', 'so', 'native-process', 'upstream'] as const;

/** Kinds of subjects that run in a process of their own. */
export type ProcessKind = (typeof KINDS)[number];

/** What a subject is to be started with beside its name. */
export interface LaunchChoices {
  /** Under which a vendor's library registers its backend. */
  readonly backendId?: string | undefined;
  /** Who is to choose automatic budgets; what the delegate does by itself when it is left out. */
  readonly policy?: Policy | undefined;
}

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
 * A policy can be chosen for the libraries alone, and only if they let it be.
 *
 * @throws SubjectError when a part of it is missing, or a policy is chosen where there is no choice.
 */
export async function processLaunch(
  root: string,
  kind: ProcessKind,
  detail: string | null,
  { backendId, policy }: LaunchChoices,
): Promise<Launch> {
  if (policy !== undefined && (kind === 'exec' || kind === 'upstream')) {
    throw new SubjectError('unknown', `The policy of ${kind} cannot be chosen. Leave out --policy.`);
  }
  const policyArgs = policy === undefined ? [] : ['--policy', policy];
  const guard = guardBelow(root);
  const build = join(root, 'native/build');
  switch (kind) {
    case 'exec': {
      const [program, ...args] = splitCommand(detail ?? '');
      return { program: runnableProgram(program, process.env['PATH'] ?? ''), args, guard };
    }
    case 'so': {
      if (detail === null || detail === '') {
        throw new SubjectError('unknown', 'so: needs the path of a shared library, such as so:./backend.so.');
      }
      const library = needed(resolve(detail), 'Give the path of a shared library after so:');
      const id = backendId === undefined ? [] : ['--backend-id', backendId];
      return { ...hosted(build, library, [...id, ...policyArgs, '--name', 'so']), guard };
    }
    case 'native-process': {
      const library = detail === null ? join(build, DELEGATE_LIBRARY) : await buildMutant(root, detail);
      return { ...hosted(build, library, policyArgs), guard };
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
