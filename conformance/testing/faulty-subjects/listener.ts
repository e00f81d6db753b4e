import { readSync } from 'node:fs';
import { encodeDecision } from '../../wire/encode-decision.js';
import { ByteWriter } from '../../wire/byte-writer.js';
import { encodedRequest } from '../../wire/encode-request.js';
import { bytesFromJson, type BytesJson } from '../../wire/json/json-bytes.js';
import { requestFromJson, type RequestJson } from '../../wire/json/json-request.js';
import { buildRequest } from '../../model/build-request.js';
import { CaseBatch } from '../../protocol/case-batch.js';
import type { FramingName } from '../../protocol/hello.js';
import type { Depth } from '../../model/depth.js';

const STDIN = 0;
const CHUNK_BYTES = 1 << 16;
const LINE_FEED = 0x0a;

/** What a subject is told: cases, each as a record, or to stop. Recorded plans are left out. */
export type Told =
  | {
      readonly kind: 'cases';
      readonly depth: Depth;
      readonly first: number;
      readonly records: readonly Uint8Array[];
    }
  | { readonly kind: 'stop' };

/** Reads what the runner writes; everything in it is trusted. */
export class Listener {
  #rest: Buffer = Buffer.alloc(0);

  /** The next line, parsed; null at the end of the input. */
  line(): Readonly<Record<string, unknown>> | null {
    const end = (): number => this.#rest.indexOf(LINE_FEED);
    while (end() < 0) if (!this.#more()) return null;
    const text = this.#rest.toString('utf8', 0, end());
    this.#rest = this.#rest.subarray(end() + 1);
    return JSON.parse(text) as Record<string, unknown>;
  }

  /** What comes next; null at the end of the input. */
  next(framing: FramingName): Told | null {
    return framing === 'binary' ? this.#frame() : this.#message();
  }

  #message(): Told | null {
    for (let said = this.line(); said !== null; said = this.line()) {
      const first = Number(said['seq']);
      if (said['message'] === 'stop') return { kind: 'stop' };
      if (said['message'] === 'decide') {
        const records = [decisionRecord(said['case'] as DecideJson)];
        return { kind: 'cases', depth: 'decision', first, records };
      }
      if (said['message'] === 'run') {
        const record = encodedRequest(buildRequest(requestFromJson(said['request'] as RequestJson, noFile)));
        return { kind: 'cases', depth: 'program', first, records: [record] };
      }
    }
    return null;
  }

  #frame(): Told | null {
    for (;;) {
      while (this.#rest.length < 4 || this.#rest.length < this.#rest.readUInt32LE(0)) {
        if (!this.#more()) return null;
      }
      const bytes = this.#rest.subarray(0, this.#rest.readUInt32LE(0));
      this.#rest = this.#rest.subarray(bytes.length);
      const kind = bytes.toString('latin1', 4, 5);
      if (kind === 'S') return { kind: 'stop' };
      if (kind !== 'R' && kind !== 'D') continue;
      const depth = kind === 'R' ? 'program' : 'decision';
      const batch = CaseBatch.of(depth, bytes.subarray(9));
      const records = Array.from({ length: batch.count }, (_, at) => batch.record(at));
      return { kind: 'cases', depth, first: bytes.readUInt32LE(5), records };
    }
  }

  #more(): boolean {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    const length = readSync(STDIN, chunk);
    this.#rest = Buffer.concat([this.#rest, chunk.subarray(0, length)]);
    return length > 0;
  }
}

interface DecideJson {
  readonly options: readonly {
    readonly key: string;
    readonly value:
      | { readonly type: 'bool'; readonly value: boolean }
      | { readonly type: 'int'; readonly value: number }
      | { readonly type: 'array'; readonly bytes: BytesJson };
  }[];
  readonly engines: readonly {
    readonly streamable: string;
    readonly automatic: string;
    readonly setAnswers: readonly boolean[];
    readonly compileSpecs: readonly { readonly key: string; readonly value: BytesJson }[];
  }[];
}

function decisionRecord({ options, engines }: DecideJson): Uint8Array {
  const writer = new ByteWriter();
  encodeDecision(writer, {
    options: options.map(({ key, value }) => ({
      key,
      value: value.type === 'array' ? { type: 'array', bytes: bytesFromJson(value.bytes) } : value,
    })),
    engines: engines.map(({ streamable, automatic, setAnswers, compileSpecs }) => ({
      streamable: BigInt(streamable),
      automatic: BigInt(automatic),
      setAnswers,
      specs: compileSpecs.map(({ key, value }) => ({ key, value: bytesFromJson(value) })),
    })),
  });
  return writer.take();
}

function noFile(path: string): never {
  throw new Error(`A runner sends no paths, such as ${path}.`);
}
