import { Child, type ChildEnd } from '../../process/child.js';
import type { Launch } from '../../process/launch.js';
import { SubjectError } from '../../model/subject-error.js';

/** How a process of native/measure says that a library, the program or the GPU can't be used. */
const INFRASTRUCTURE = 4;

/** An answer of a measuring process, or that it died of the command. */
export type Answer<Value> =
  { readonly kind: 'answered'; readonly value: Value } | { readonly kind: 'crashed'; readonly how: string };

/** A process of native/measure: a command a line in, an answer a line out. */
export class MeasuringProcess {
  readonly #child: Child;
  readonly #patience: number;
  #text = '';
  #settle: ((answer: Answer<string>) => void) | null = null;

  /**
   * @param patience milliseconds that an answer may take; a process that takes longer counts as
   * crashed
   */
  constructor(launch: Launch, patience: number) {
    this.#patience = patience;
    this.#child = new Child(launch, {
      output: (chunk) => {
        this.#text += chunk.toString('utf8');
        this.#answer();
      },
      silent: () => {
        this.#child.signal('SIGKILL');
      },
      ended: (end) => {
        this.#finish({ kind: 'crashed', how: howEnded(end) });
      },
    });
  }

  get alive(): boolean {
    return this.#child.end === null;
  }

  /**
   * Sends a command and waits for its answer; one at a time.
   *
   * @throws SubjectError when the process says that it cannot work on this machine
   */
  async ask<Value>(command: string): Promise<Answer<Value>> {
    const answer = await new Promise<Answer<string>>((resolve) => {
      const { end } = this.#child;
      if (end !== null) {
        resolve({ kind: 'crashed', how: howEnded(end) });
        return;
      }
      const timer = setTimeout(() => {
        this.#child.signal('SIGKILL');
      }, this.#patience);
      this.#settle = (settled) => {
        clearTimeout(timer);
        resolve(settled);
      };
      this.#child.write(`${command}\n`);
      this.#answer();
    });
    const { end } = this.#child;
    if (
      answer.kind === 'crashed' &&
      end !== null &&
      (end.exitCode === INFRASTRUCTURE || end.failure !== null)
    ) {
      throw new SubjectError('missing', `The measurement cannot be made: ${this.#reason(end)}`);
    }
    return answer.kind === 'crashed'
      ? answer
      : { kind: 'answered', value: JSON.parse(answer.value) as Value };
  }

  /** Lets it end by itself. */
  close(): void {
    this.#child.closeInput();
  }

  #answer(): void {
    const end = this.#text.indexOf('\n');
    if (end < 0 || this.#settle === null) return;
    const line = this.#text.slice(0, end);
    this.#text = this.#text.slice(end + 1);
    this.#finish({ kind: 'answered', value: line });
  }

  #finish(answer: Answer<string>): void {
    const settle = this.#settle;
    this.#settle = null;
    settle?.(answer);
  }

  #reason(end: ChildEnd): string {
    const said = this.#child.stderr().trim();
    return said === '' ? howEnded(end) : said;
  }
}

function howEnded({ signal, exitCode, failure }: ChildEnd): string {
  return (
    failure ?? (signal === null ? `it ended with code ${exitCode ?? 'none'}` : `it was ended by ${signal}`)
  );
}
