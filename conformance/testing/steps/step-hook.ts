import childProcess, { type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { Readable, type Writable } from 'node:stream';
import { isMainThread } from 'node:worker_threads';
import { STEP_PLAN, type StepPlan } from './step-plan.js';
import { Steps } from './steps.js';

/*
 * node --import …/step-hook.js: counts each step at which the process touches what is outside of it
 * (a file, another process, a message from or to one, its own output), and at the one that its plan
 * names lets it end or fail. Without a plan, and in threads, it does nothing.
 */

type Call = (...args: unknown[]) => unknown;

/** What is done to files. A write is two steps: before, and half written. */
const FILE_CALLS = [
  ...['openSync', 'readSync', 'writeSync', 'fsyncSync', 'ftruncateSync', 'fstatSync', 'fchmodSync'],
  ...['readFileSync', 'writeFileSync', 'renameSync', 'linkSync', 'rmSync', 'mkdirSync', 'mkdtempSync'],
  ...['readdirSync', 'copyFileSync', 'statSync', 'lstatSync', 'unlinkSync', 'closeSync', 'existsSync'],
];
const WRITES = ['writeSync', 'writeFileSync'];
/** Whoever calls them is told of no error. */
const NEVER_FAIL = ['closeSync', 'existsSync'];
/** What Node reads to load modules. */
const MODULES = /\.[cm]?js$|\/node_modules\/|\/package\.json$/;

const names = new Map<number, string>();
const nameOf = (file: unknown): string =>
  typeof file === 'number' ? (names.get(file) ?? `descriptor ${file}`) : String(file);

function hookFiles(steps: Steps): void {
  const calls = fs as unknown as Record<string, Call>;
  for (const kind of FILE_CALLS) {
    const original = calls[kind];
    if (original === undefined) throw new Error(`Node has no ${kind}.`);
    calls[kind] = Object.assign((...args: unknown[]): unknown => {
      const what = nameOf(args[0]);
      if (steps.isWithin || MODULES.test(what)) return original(...args);
      const error = steps.take(kind, what);
      if (error !== null && !NEVER_FAIL.includes(kind)) throw error;
      if (WRITES.includes(kind)) {
        const half = steps.take(`${kind}-half`, what, () => steps.within(() => original(...halved(args))));
        if (half !== null) throw half;
      }
      const result = steps.within(() => original(...args));
      if (kind === 'openSync') names.set(result as number, what);
      return result;
    }, original);
  }
}

/** The arguments of a write, with half of what is written. */
function halved([file, content, ...rest]: unknown[]): unknown[] {
  if (typeof content === 'string') return [file, content.slice(0, content.length / 2), ...rest];
  if (!(content instanceof Uint8Array)) throw new Error('What is written is neither text nor bytes.');
  const [at = 0, size = content.length - Number(at), ...place] = rest;
  if (typeof at === 'number') return [file, content, at, Math.floor(Number(size) / 2), ...place];
  return [file, content.subarray(0, content.length / 2), ...rest];
}

function hookProcesses(steps: Steps): void {
  const { spawn } = childProcess;
  const calls = childProcess as unknown as Record<string, Call>;
  calls['spawn'] = (program: unknown, ...rest: unknown[]): unknown => {
    const what = String(program);
    const error = steps.take('spawn', what);
    const start = spawn as unknown as (...args: unknown[]) => ChildProcess;
    // Whoever starts a process is told of an error as of one that is not there.
    const child = steps.within(() => start(error === null ? program : `${what} of a full table`, ...rest));
    if (error === null) {
      steps.take('spawned', what);
      hookPipes(steps, child, what);
    }
    return child;
  };
  const kill = process.kill.bind(process);
  process.kill = (pid, signal) => {
    steps.take('kill', String(signal));
    return kill(pid, signal);
  };
}

/** What is sent to a process and comes from it. */
function hookPipes(steps: Steps, { stdin, stdout, stderr }: ChildProcess, what: string): void {
  if (stdin !== null) hookWritable(steps, stdin, 'sent', what);
  for (const [kind, stream] of Object.entries({ received: stdout, heard: stderr })) {
    if (!(stream instanceof Readable)) continue;
    const push = stream.push.bind(stream);
    stream.push = (chunk, encoding) => {
      const error = chunk === null ? null : steps.take(kind, what);
      if (error === null) return push(chunk, encoding);
      stream.destroy(error);
      return false;
    };
  }
}

function hookWritable(steps: Steps, stream: Writable, kind: string, what: string): void {
  const hooked = stream as unknown as { write: Call };
  const write = hooked.write.bind(stream);
  hooked.write = (...args) => {
    const error =
      steps.take(kind, what) ??
      steps.take(`${kind}-half`, what, () => write(...halved([null, args[0]]).slice(1)));
    if (error === null) return write(...args);
    stream.destroy(error);
    return false;
  };
}

const told = process.env[STEP_PLAN];
if (told !== undefined && isMainThread) {
  const { stdout, stderr } = process;
  const steps = new Steps(JSON.parse(told) as StepPlan);
  hookFiles(steps);
  hookProcesses(steps);
  hookWritable(steps, stdout, 'printed', 'standard output');
  hookWritable(steps, stderr, 'told', 'standard error');
  syncBuiltinESMExports();
}
