import type { ExportAnswer } from '../../reference/exporter/export-answer.js';
import type { ExportRequest } from '../../reference/exporter/export-request.js';
import { type Incident, quietIncident } from '../model/incident.js';
import { SubjectError } from '../model/subject-error.js';
import { briefly } from '../model/visible-text.js';
import { Allowance } from '../process/allowance.js';
import { endText } from '../process/breakage.js';
import { Child, type ChildEnd } from '../process/child.js';
import type { Launch } from '../process/launch.js';
import { Patience } from '../process/patience.js';
import { appendBytes } from '../protocol/append-bytes.js';
import { MOST_MESSAGE_BYTES, type ProcessLimits } from '../protocol/process-limits.js';
import { ProtocolFault } from '../protocol/protocol-fault.js';
import { utf8Text } from '../protocol/utf8-text.js';
import type { Schemas } from '../spec/schemas.js';
import {
  type ExporterHello,
  exporterHelloLine,
  exportLine,
  readExportAnswer,
  readExporterHello,
  stopLine,
} from './exporter-messages.js';

const LINE_FEED = 0x0a;

/** What a process of an exporter is started with. */
export interface ExporterSettings {
  readonly launch: Launch;
  readonly limits: ProcessLimits;
  readonly schemas: Schemas;
}

/**
 * An exporter in a process of its own, one request at a time. When it breaks, the request is told
 * so, and a fresh process takes over.
 */
export class ExporterProcess {
  readonly #settings: ExporterSettings;
  readonly #allowance: Allowance;
  #lines: LineProcess | null = null;
  #seq = 0;

  constructor(settings: ExporterSettings) {
    this.#settings = settings;
    this.#allowance = new Allowance(settings.limits.incidents);
  }

  /**
   * Starts the first process; gives what the exporter says of itself.
   *
   * @throws SubjectError when it cannot be started, says no hello in time, or says a wrong one.
   */
  async open(): Promise<ExporterHello> {
    const { launch, limits, schemas } = this.#settings;
    const lines = new LineProcess(launch);
    try {
      lines.write(exporterHelloLine());
      const hello = readExporterHello(await lines.next(limits.hello), schemas);
      lines.clearStderr();
      this.#lines = lines;
      this.#seq = 0;
      return hello;
    } catch (cause) {
      const incident = await lines.broken(cause);
      const stderr =
        incident.stderr.trim() === ''
          ? ''
          : ` It wrote to standard error: ${briefly(incident.stderr.trimEnd())}`;
      const message = `The exporter cannot be used: ${incident.message} (spec/exporter-protocol.md, Hello).${stderr}`;
      throw new SubjectError('broken', message, { cause });
    }
  }

  /** What comes of a request. */
  async ask(request: ExportRequest): Promise<ExportAnswer | Incident> {
    if (this.#allowance.isSpent) {
      return quietIncident('inconclusive', 'it was not asked: the exporter had failed too often before');
    }
    if (this.#lines === null) await this.open();
    const lines = this.#lines;
    if (lines === null) throw new SubjectError('broken', 'The exporter was closed while it was asked.');
    const seq = ++this.#seq;
    try {
      lines.clearStderr();
      lines.write(exportLine(seq, request));
      return readExportAnswer(
        await lines.next(this.#settings.limits.case),
        seq,
        request,
        this.#settings.schemas,
      );
    } catch (cause) {
      this.#lines = null;
      const incident = await lines.broken(cause);
      this.#allowance.spend(incident.kind);
      return incident;
    }
  }

  /** Lets the process end; it is killed when it does not in time. */
  async close(): Promise<void> {
    const lines = this.#lines;
    this.#lines = null;
    if (lines === null) return;
    lines.write(stopLine());
    await lines.stop(this.#settings.limits.exit);
  }
}

/** What did not come in time. */
class Late extends Error {}

/** A process that ended, and how. */
class Ended extends Error {
  constructor(readonly end: ChildEnd) {
    super(`it ${endText(end)}`);
  }
}

interface Awaiting {
  readonly resolve: (line: string) => void;
  readonly reject: (error: Error) => void;
}

/** A process that writes lines, of which one is waited for at a time. */
class LineProcess {
  readonly #child: Child;
  readonly #patience = new Patience();
  #rest: Buffer = Buffer.alloc(0);
  #awaiting: Awaiting | null = null;
  #fault: Error | null = null;
  #gone: () => void = () => undefined;
  readonly #end: Promise<void>;

  constructor(launch: Launch) {
    this.#end = new Promise((resolve) => {
      this.#gone = resolve;
    });
    this.#child = new Child(launch, {
      output: (chunk) => {
        this.#rest = appendBytes(this.#rest, chunk);
        this.#look();
      },
      deaf: () => {
        this.#fail(new ProtocolFault('it closed its standard input and kept running'));
      },
      silent: () => {
        this.#fail(new ProtocolFault('it closed its standard output and kept running'));
      },
      ended: (end) => {
        this.#fail(new Ended(end));
        this.#gone();
      },
    });
  }

  write(text: string): void {
    this.#child.write(text);
  }

  clearStderr(): void {
    this.#child.clearStderr();
  }

  /** The next line, without its end; waited for so many milliseconds. */
  next(limit: number): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.#fault !== null) {
        reject(this.#fault);
        return;
      }
      this.#awaiting = { resolve, reject };
      this.#patience.wait(limit, () => {
        this.#fail(new Late(`it did not answer within ${limit} ms`));
      });
      this.#look();
    });
  }

  /** Ends it, and tells how it broke. */
  async broken(cause: unknown): Promise<Incident> {
    this.#patience.stop();
    this.#child.signal('SIGKILL');
    await this.#end;
    await this.#child.hearStderr();
    const { signal = null, exitCode = null } = cause instanceof Ended ? cause.end : {};
    const kind = cause instanceof Ended ? 'crashed' : cause instanceof Late ? 'timed-out' : 'protocol-error';
    const message = cause instanceof Error ? cause.message : String(cause);
    return { kind, message, signal, exitCode, stderr: this.#child.stderr(), cases: null };
  }

  /** Waits for its end, so many milliseconds at most. */
  async stop(limit: number): Promise<void> {
    this.#child.closeInput();
    await new Promise<void>((resolve) => {
      this.#patience.wait(limit, resolve);
      void this.#end.then(resolve);
    });
    this.#patience.stop();
    this.#child.signal('SIGKILL');
    await this.#end;
  }

  #look(): void {
    const end = this.#rest.indexOf(LINE_FEED);
    if ((end < 0 ? this.#rest.length : end) > MOST_MESSAGE_BYTES) {
      this.#fail(new ProtocolFault(`it wrote a line of more than ${MOST_MESSAGE_BYTES} bytes`));
      return;
    }
    if (end < 0 || this.#fault !== null) return;
    const awaiting = this.#awaiting;
    if (awaiting === null) {
      this.#fail(new ProtocolFault('it wrote a line that nothing had asked for'));
      return;
    }
    const line = this.#rest.subarray(0, end);
    this.#rest = this.#rest.subarray(end + 1);
    this.#awaiting = null;
    this.#patience.stop();
    try {
      awaiting.resolve(utf8Text(line));
    } catch (cause) {
      awaiting.reject(cause instanceof Error ? cause : new Error(String(cause)));
    }
  }

  #fail(fault: Error): void {
    this.#fault ??= fault;
    this.#patience.stop();
    this.#awaiting?.reject(this.#fault);
    this.#awaiting = null;
  }
}
