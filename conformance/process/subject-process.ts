import { setImmediate as turn } from 'node:timers/promises';
import { SubjectError } from '../model/subject-error.js';
import { appendBytes } from '../protocol/append-bytes.js';
import { AnswerOrder, type SentBatch } from './answer-order.js';
import { type BatchResult, type Breakage, broken, endText, lost } from './breakage.js';
import type { CaseBatch } from '../protocol/case-batch.js';
import { Child, type ChildEnd } from './child.js';
import { withoutCapabilities } from '../protocol/capabilities.js';
import { type Flush, helloLine, readHello, type SubjectHello } from '../protocol/hello.js';
import type { Framing } from '../protocol/message.js';
import { MOST_MESSAGE_BYTES, MOST_UNANSWERED } from '../protocol/process-limits.js';
import type { ProcessSettings } from './launch.js';
import { Patience } from './patience.js';
import { partOfMessage } from './part-of-message.js';
import { ProgressFile } from './progress-file.js';
import { ProtocolFault } from '../protocol/protocol-fault.js';
import { utf8Text } from '../protocol/utf8-text.js';
import { briefly } from '../model/visible-text.js';

interface Waiting {
  readonly batch: CaseBatch;
  readonly resolve: (result: BatchResult) => void;
}

interface Greeting {
  readonly resolve: (hello: SubjectHello) => void;
  readonly reject: (error: unknown) => void;
}

const NONE = Buffer.alloc(0);
const LINE_FEED = 0x0a;

/**
 * One process of a subject, after its hello. Once it broke it is killed, and every batch is
 * answered with how.
 */
export class SubjectProcess {
  readonly #settings: ProcessSettings;
  readonly #child: Child;
  readonly #order = new AnswerOrder();
  readonly #queue: Waiting[] = [];
  readonly #sent = new Map<SentBatch, Waiting>();
  #framing: Framing | null = null;
  #rest: Buffer = NONE;
  readonly #patience = new Patience();
  #isWatched = false;
  /** Whole megabytes that were read of a message that is not there yet. */
  #megabytes = 0;
  #breakage: Breakage | null = null;
  #stopping = false;
  #hello: Greeting | null = null;
  /** Broke before it answered anything, and no batch was told so yet. */
  #untold = false;
  readonly #progress = ProgressFile.create();
  readonly #late: (breakage: Breakage) => void;
  #gone: () => void = () => undefined;
  readonly #end: Promise<void>;

  private constructor(settings: ProcessSettings, late: (breakage: Breakage) => void) {
    this.#settings = settings;
    this.#late = late;
    this.#end = new Promise((resolve) => {
      this.#gone = resolve;
    });
    this.#child = new Child(settings.launch, {
      output: (chunk) => {
        this.#read(chunk);
      },
      deaf: () => {
        if (!this.#stopping) this.#break('protocol-error', 'it closed its standard input and kept running');
      },
      silent: () => {
        if (!this.#stopping) this.#break('protocol-error', 'it closed its standard output and kept running');
      },
      ended: (end) => {
        this.#ended(end);
        this.#progress?.close();
        this.#gone();
      },
    });
  }

  /**
   * Starts a process and exchanges hellos.
   *
   * @param late is told how it broke when it did so with nothing to do, behind the last answer
   * @throws SubjectError when it cannot be started, says no hello in time, or says a wrong one.
   */
  static async start(
    settings: ProcessSettings,
    flush: Flush,
    late: (breakage: Breakage) => void = () => undefined,
  ): Promise<{ readonly process: SubjectProcess; readonly hello: SubjectHello }> {
    const process = new SubjectProcess(settings, late);
    try {
      const hello = await process.#greet(flush);
      await process.settle();
      return { process, hello };
    } catch (error) {
      await process.kill();
      throw error;
    }
  }

  /** Why it is of no further use; null when it is in order. */
  get breakage(): Breakage | null {
    return this.#breakage;
  }

  /**
   * Forgets what it wrote to standard error before the last message that was read. Nothing is to be
   * at work.
   */
  async settle(): Promise<void> {
    await this.#child.hearStderr();
    this.#child.clearStderr();
  }

  /**
   * Ends it at once; `breakage` with all that it wrote to standard error until then, as far as that
   * is kept.
   */
  async killed(breakage: Breakage): Promise<Breakage> {
    await this.kill();
    await this.#child.hearStderr();
    return { ...breakage, stderr: this.#child.stderr() };
  }

  /**
   * Sends a batch of at most 1,024 cases, as soon as so many are free to be sent, and waits for its
   * answers.
   */
  send(batch: CaseBatch): Promise<BatchResult> {
    return new Promise((resolve) => {
      if (this.#breakage !== null) {
        resolve(lost(this.#breakage, this.#untold));
        this.#untold = false;
        return;
      }
      this.#queue.push({ batch, resolve });
      this.#pump();
    });
  }

  /**
   * Tells it to stop and waits for its end; null when all was well, else what went wrong at last.
   */
  async stop(): Promise<Breakage | null> {
    if (this.#breakage === null && this.#framing !== null) {
      this.#stopping = true;
      this.#child.write(this.#framing.stop());
      this.#child.closeInput();
      if (!(await this.#endsWithin(this.#settings.limits.exit))) {
        this.#break('protocol-error', 'it did not exit after stop');
        this.#child.signal('SIGTERM');
        await this.#endsWithin(Math.min(500, this.#settings.limits.exit));
      }
    }
    await this.kill();
    return this.#breakage;
  }

  /** Ends it at once, and all that it started. */
  async kill(): Promise<void> {
    this.#stopping = true;
    this.#wait(null);
    this.#child.signal('SIGKILL');
    await this.#end;
  }

  #endsWithin(milliseconds: number): Promise<boolean> {
    return new Promise((resolve) => {
      this.#wait(milliseconds, () => {
        resolve(false);
      });
      void this.#end.then(() => {
        this.#wait(null);
        resolve(true);
      });
    });
  }

  async #greet(flush: Flush): Promise<SubjectHello> {
    const { framings, limits, framing, plans } = this.#settings;
    const hello = await new Promise<SubjectHello>((resolve, reject) => {
      this.#hello = { resolve, reject };
      this.#child.write(helloLine(flush, framings, this.#progress?.path ?? null));
      this.#wait(limits.hello, () => {
        reject(this.#unusable(`did not send hello within ${limits.hello} ms`));
      });
    });
    this.#hello = null;
    this.#wait(null);
    this.#framing = framing(hello.framing);
    if (hello.capabilities.plans) {
      for (const { sha256, plan } of plans) this.#child.write(this.#framing.plan(sha256, plan));
    }
    // What came behind the hello.
    if (this.#rest.length > 0) this.#read(NONE);
    return hello;
  }

  #pump(): void {
    for (let [next] = this.#queue; next !== undefined && this.#framing !== null; [next] = this.#queue) {
      if (this.#order.unanswered + next.batch.count > MOST_UNANSWERED) return;
      this.#queue.shift();
      if (this.#order.unanswered === 0) this.#child.clearStderr();
      const sent = this.#order.send(next.batch);
      this.#sent.set(sent, next);
      this.#child.write(this.#framing.batch(next.batch, sent.first));
      if (!this.#isWatched) this.#watch();
    }
  }

  #read(chunk: Buffer): void {
    if (this.#breakage !== null || (this.#stopping && this.#hello !== null)) return;
    this.#rest = appendBytes(this.#rest, chunk);
    try {
      if (this.#hello !== null) {
        this.#readHello(this.#hello);
        return;
      }
      if (this.#framing === null) return;
      const completed: SentBatch[] = [];
      let answered = false;
      for (let next = this.#framing.read(this.#rest); next !== null; next = this.#framing.read(this.#rest)) {
        this.#rest = this.#rest.subarray(next.size);
        if (this.#stopping) {
          // A second answer is told as such, whether or not it comes in time.
          if (next.message.kind === 'answers') this.#order.take(next.message);
          throw new ProtocolFault('it wrote a message after stop');
        }
        completed.push(...this.#order.take(next.message));
        answered ||= next.message.kind === 'answers';
      }
      if (completed.length > 0) void this.#complete(completed);
      // The limit is on an answer as a whole: a part of one, or a begin, buys no more time, but for
      // each megabyte of a large one.
      const megabytes = this.#rest.length >> 20;
      if ((answered || megabytes > this.#megabytes) && !this.#stopping) this.#watch();
      this.#megabytes = megabytes;
    } catch (fault) {
      if (!(fault instanceof ProtocolFault)) throw fault;
      this.#break('protocol-error', fault.message, fault.seq);
    }
  }

  #readHello(hello: Greeting): void {
    const end = this.#rest.indexOf(LINE_FEED);
    if (end < 0) {
      if (this.#rest.length > MOST_MESSAGE_BYTES)
        hello.reject(this.#unusable('answered the hello with a line that is too long'));
      return;
    }
    const line = this.#rest.subarray(0, end);
    this.#rest = this.#rest.subarray(end + 1);
    try {
      const { framings, lacks = [] } = this.#settings;
      const said = readHello(utf8Text(line), framings);
      hello.resolve({ ...said, capabilities: withoutCapabilities(said.capabilities, lacks) });
    } catch (error) {
      hello.reject(
        error instanceof ProtocolFault
          ? this.#unusable('answered the hello in text that is not UTF-8')
          : error,
      );
    }
  }

  /** A turn later, so that a second answer that came along is seen before the first counts. */
  async #complete(completed: readonly SentBatch[]): Promise<void> {
    this.#pump();
    await turn();
    for (const sent of completed) {
      const waiting = this.#sent.get(sent);
      this.#sent.delete(sent);
      const [first, ...more] = sent.answers;
      const answers = first !== undefined && more.length === 0 ? first : Buffer.concat(sent.answers);
      waiting?.resolve({ kind: 'answered', answers });
    }
  }

  #watch(): void {
    const { limits } = this.#settings;
    this.#isWatched = this.#order.unanswered > 0;
    if (!this.#isWatched) this.#wait(null);
    else {
      this.#wait(limits.case, () => {
        this.#break('timed-out', `it did not answer within ${limits.case} ms`);
      });
    }
  }

  #wait(milliseconds: number | null, late: () => void = () => undefined): void {
    if (milliseconds === null) this.#patience.stop();
    else this.#patience.wait(milliseconds, late);
  }

  #ended(end: ChildEnd): void {
    const how = endText(end);
    const part = this.#rest.length === 0 ? '' : `, in the middle of a message: ${partOfMessage(this.#rest)}`;
    this.#hello?.reject(this.#unusable(`${how} before it sent hello${part}`));
    if (this.#stopping) {
      if (this.#breakage === null && this.#rest.length > 0)
        this.#break('protocol-error', `it ended after stop${part}`);
      else if (end.exitCode !== 0 && end.signal !== 'SIGKILL')
        this.#break('protocol-error', `it ${how} after stop`);
      return;
    }
    // Who ends of its own accord has not crashed: what it wrote is no answer, and no fault of a
    // case.
    const isCut = end.exitCode === 0 && part !== '';
    this.#break(isCut ? 'protocol-error' : 'crashed', `it ${how}${part}`);
  }

  #break(kind: Breakage['kind'], message: string, seq: number | null = null): void {
    if (this.#breakage !== null) return;
    const { signal = null, exitCode = null } = this.#child.end ?? {};
    this.#breakage = { kind, message, signal, exitCode, stderr: this.#child.stderr() };
    this.#wait(null);
    if (!this.#stopping) this.#child.signal('SIGKILL');
    this.#tell(this.#breakage, seq);
    this.#sent.clear();
    this.#queue.length = 0;
  }

  /**
   * Tells every batch how the process broke: one of them is suspected, or what was answered before.
   */
  #tell(breakage: Breakage, seq: number | null): void {
    const noted = this.#progress?.read() ?? 0;
    let suspect = true;
    for (const [sent, { resolve }] of this.#sent) {
      const result = broken(sent, seq, suspect, breakage, { begun: this.#order.atWork, noted });
      resolve(result);
      if (result.kind === 'broken') suspect = false;
    }
    for (const { resolve } of this.#queue) {
      resolve(lost(breakage, suspect));
      suspect = false;
    }
    if (!suspect || this.#stopping) return;
    if (this.#order.answeredAny) this.#late(breakage);
    else this.#untold = true;
  }

  #unusable(what: string): SubjectError {
    const stderr = this.#child.stderr().trimEnd();
    const said = stderr === '' ? '' : `\nIt wrote to standard error:\n${quoted(stderr)}`;
    return new SubjectError('broken', `The subject ${what} (spec/protocol.md, Hello).${said}`);
  }
}

/** Lines that are told of it at most, and characters of each. */
const MOST_LINES = 12;
const MOST_CHARACTERS = 400;

/** The end of what a subject wrote, marked line by line as what it is. */
function quoted(stderr: string): string {
  const lines = stderr.split('\n').slice(-MOST_LINES);
  return lines.map((line) => `  | ${briefly(line, MOST_CHARACTERS)}`).join('\n');
}
