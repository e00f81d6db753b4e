import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { nativeBuild } from '../native-home.js';
import { Child, type ChildEnd } from '../process/child.js';
import { reaperBelow } from '../process/launch.js';

/** Says that the answers so far are wanted. Twin: native/fuzz/answer.cpp. */
const END_OF_BATCH = 0xffff_ffff;

/** Milliseconds that a reader is waited for at a batch. */
const PATIENCE = 30_000;

/** What the reader in C++ said of an input, or how the input ended its process. */
export type NativeAnswer = { readonly said: string } | { readonly ended: string };

/** A reader of native/fuzz in a process of its own, which is started again where it ended. */
export class NativeReader {
  readonly #launch: { readonly program: string; readonly reaper: string | null };
  #child: Child | null = null;
  #received: Buffer[] = [];
  #wake: () => void = () => undefined;

  /** @param program the path of the reader; `reaper` that of wsb-reaper */
  constructor(program: string, reaper: string | null) {
    this.#launch = { program, reaper };
  }

  /** What is said of each input, in order. */
  async read(inputs: readonly Uint8Array[]): Promise<readonly NativeAnswer[]> {
    const answers = await this.#batch(inputs);
    if (answers.length === inputs.length) return answers.map((said) => ({ said }));
    // One of them ended it: each alone shows which.
    const each: NativeAnswer[] = [];
    for (const input of inputs) {
      const [said] = await this.#batch([input]);
      each.push(said === undefined ? { ended: this.#endText() } : { said });
    }
    return each;
  }

  /** Ends the process. */
  async close(): Promise<void> {
    const child = this.#child;
    if (child?.end !== null) return;
    const gone = this.#woken();
    child.closeInput();
    await gone;
    child.signal('SIGKILL');
  }

  /** Answers of a batch; fewer than inputs where the process ended. */
  async #batch(inputs: readonly Uint8Array[]): Promise<string[]> {
    const child = this.#living();
    this.#received = [];
    child.write(framed(inputs));
    const late = setTimeout(() => {
      child.signal('SIGKILL');
    }, PATIENCE);
    try {
      for (;;) {
        const answers = unframed(Buffer.concat(this.#received));
        if (answers.length >= inputs.length || child.end !== null) return answers;
        await this.#woken();
      }
    } finally {
      clearTimeout(late);
    }
  }

  #living(): Child {
    if (this.#child !== null && this.#child.end === null) return this.#child;
    this.#child = new Child(
      { ...this.#launch, args: [] },
      {
        output: (chunk) => {
          this.#received.push(chunk);
          this.#wake();
        },
        silent: () => undefined,
        ended: () => {
          this.#wake();
        },
      },
    );
    return this.#child;
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #endText(): string {
    const end = this.#child?.end ?? null;
    const lines = this.#child?.stderr().split('\n') ?? [];
    const told = lines.find((line) => /SUMMARY|runtime error|ERROR/.test(line)) ?? '';
    return `it ended ${howEnded(end)}${told === '' ? '' : `: ${told.trim()}`}`;
  }
}

/**
 * The reader of a target in C++, with sanitizers where it was built with them; null where it was
 * not built.
 */
export function openNativeReader(root: string, target: string): NativeReader | null {
  const build = nativeBuild(root);
  const program = [join(build, 'fuzz/fuzz'), join(build, 'fuzz')]
    .map((folder) => join(folder, `${target}_reader`))
    .find((file) => existsSync(file));
  return program === undefined ? null : new NativeReader(program, reaperBelow(root));
}

function howEnded(end: ChildEnd | null): string {
  if (end === null) return 'without a word';
  return end.signal === null ? `with exit code ${end.exitCode}` : `by ${end.signal}`;
}

function framed(inputs: readonly Uint8Array[]): Buffer {
  const pieces = inputs.flatMap((input) => [sizeBytes(input.length), input]);
  return Buffer.concat([...pieces, sizeBytes(END_OF_BATCH)]);
}

function sizeBytes(size: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(size);
  return bytes;
}

/** The whole answers at the beginning of what was received. */
function unframed(bytes: Buffer): string[] {
  const answers: string[] = [];
  for (let at = 0; at + 4 <= bytes.length;) {
    const end = at + 4 + bytes.readUInt32LE(at);
    if (end > bytes.length) break;
    answers.push(bytes.toString('utf8', at + 4, end));
    at = end;
  }
  return answers;
}
