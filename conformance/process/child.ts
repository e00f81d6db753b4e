import { setImmediate as turn } from 'node:timers/promises';
import { execa } from 'execa';
import type { Launch } from './launch.js';
import { endGroup, forget, remember, signalGroup } from './live-processes.js';
import { subjectEnvironment } from './subject-environment.js';
import { STDERR_BYTES } from '../protocol/process-limits.js';

/** How a child ended. */
export interface ChildEnd {
  readonly signal: string | null;
  readonly exitCode: number | null;
  /** Why it could not be started; null when it was. */
  readonly failure: string | null;
}

/** What is told of a child. */
export interface ChildEvents {
  readonly output: (chunk: Buffer) => void;
  /** It closed its standard input, of which it was sent more, and goes on. */
  readonly deaf?: () => void;
  /** It closed its standard output and goes on. */
  readonly silent: () => void;
  /** It ended, and all that it wrote was told. */
  readonly ended: (end: ChildEnd) => void;
}

/**
 * How long what a dead child wrote is waited for, and whether one that closed its output dies:
 * milliseconds.
 */
const SETTLE = 250;

/**
 * Turns of the event loop after which a child that never stops writing to standard error is heard
 * no longer.
 */
const MOST_TURNS = 64;

/**
 * A subject's process, the leader of a process group of its own. It does not outlive the runner.
 */
export class Child {
  readonly #child;
  readonly #stderr: Buffer[] = [];
  #stderrBytes = 0;
  /** Bytes of standard error that were read in all. */
  #heard = 0;
  #ended: ChildEnd | null = null;

  constructor({ program, args, reaper, passes = [], env = {} }: Launch, events: ChildEvents) {
    const [file, rest] =
      reaper === null ? [program, args] : [reaper, [String(process.pid), program, ...args]];
    this.#child = execa(file, rest, {
      stdin: 'pipe',
      stdout: 'pipe',
      stderr: 'pipe',
      buffer: false,
      reject: false,
      detached: true,
      encoding: 'buffer',
      env: subjectEnvironment(process.env, passes, env),
      extendEnv: false,
    });
    const { pid, stdin, stdout, stderr } = this.#child;
    if (pid !== undefined) remember(pid, reaper !== null);
    // A child that died is noticed by its end.
    stdin.on('error', () => {
      setTimeout(() => {
        if (this.#ended === null) events.deaf?.();
      }, SETTLE).unref();
    });
    stdout.on('data', events.output);
    stderr.on('data', (chunk: Buffer) => {
      this.#keep(chunk);
    });
    stdout.once('close', () => {
      setTimeout(() => {
        if (this.#ended === null) events.silent();
      }, SETTLE).unref();
    });
    let exited = false;
    const end = (signal: string | null, exitCode: number | null, failure: string | null): void => {
      if (this.#ended !== null) return;
      this.#ended = { signal, exitCode, failure };
      if (pid !== undefined) {
        // What it started itself goes with it.
        signalGroup(pid, 'SIGKILL');
        forget(pid);
      }
      events.ended(this.#ended);
    };
    this.#child.once('exit', (exitCode, signal) => {
      exited = true;
      setTimeout(end, SETTLE, signal, exitCode, null).unref();
    });
    this.#child.once('close', (exitCode, signal) => {
      end(signal, exitCode, null);
    });
    void this.#child.then((result) => {
      if (!exited) end(result.signal ?? null, result.exitCode ?? null, result.originalMessage ?? 'it ended');
    });
  }

  /** How it ended; null while it lives. */
  get end(): ChildEnd | null {
    return this.#ended;
  }

  /** The end of what it wrote to standard error since {@link clearStderr}. */
  stderr(): string {
    return Buffer.concat(this.#stderr).subarray(-STDERR_BYTES).toString('utf8');
  }

  /**
   * Reads what it wrote to standard error before a message that was read, or before its end: the
   * system has that by now, in a pipe of its own. What it writes from now on may be in it, too.
   */
  async hearStderr(): Promise<void> {
    for (let turns = 0, before = -1; before !== this.#heard && turns < MOST_TURNS; turns++) {
      before = this.#heard;
      // The first of two may end before any pipe was looked at.
      await turn();
      await turn();
    }
  }

  clearStderr(): void {
    this.#stderr.length = 0;
    this.#stderrBytes = 0;
  }

  write(bytes: Uint8Array | string): void {
    if (this.#child.stdin.writable) this.#child.stdin.write(bytes);
  }

  /** Tells it that nothing more comes. */
  closeInput(): void {
    this.#child.stdin.end();
  }

  signal(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#ended !== null) return;
    if (signal === 'SIGKILL') endGroup(pid);
    else signalGroup(pid, signal);
  }

  #keep(chunk: Buffer): void {
    this.#heard += chunk.length;
    this.#stderr.push(chunk);
    this.#stderrBytes += chunk.length;
    while (this.#stderrBytes - (this.#stderr[0]?.length ?? 0) >= STDERR_BYTES) {
      this.#stderrBytes -= this.#stderr.shift()?.length ?? 0;
    }
  }
}
