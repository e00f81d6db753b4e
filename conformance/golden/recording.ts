import type { OptionsMapJson } from '../wire/json/json-options.js';
import { DocumentError, type Schemas } from '../spec/schemas.js';

/** What a recording says of itself (spec/recordings.md). */
export interface RecordingHeader {
  readonly record: 'header';
  readonly format: 1;
  readonly tier: 'tensorrt' | 'delegate';
  readonly tensorrt: string;
  readonly gpu: string;
  readonly driver: string | null;
  readonly cudaRuntime: string | null;
  readonly date: string | null;
  readonly tool: string | null;
  readonly delegate: string | null;
  readonly origin: string;
}

/** An engine of a recording. Sizes are bytes, as decimal strings. */
export interface RecordingEngine {
  readonly record: 'engine';
  readonly id: string;
  readonly sha256: string | null;
  readonly planBytes: string | null;
  readonly network: {
    readonly layers: number;
    readonly dim: number;
    readonly batch: number;
    readonly weights: 'float16' | 'float32';
    readonly streaming: boolean;
  } | null;
  readonly streamable: string;
  readonly scratch: string;
  readonly activations: string;
}

/** The calls that read an int64 of an engine. */
export type EngineRead =
  | 'getStreamableWeightsSize'
  | 'getWeightStreamingBudgetV2'
  | 'getWeightStreamingAutomaticBudget'
  | 'getWeightStreamingScratchMemorySize'
  | 'getDeviceMemorySizeV2';

/**
 * A call and its answer; `engine` is a number into the engines of the sequence. Free device memory
 * stands where it was read.
 */
export type RecordedCall = {
  readonly freeBefore?: string;
  readonly freeAfter?: string;
} & (
  | {
      readonly call: 'deserializeCudaEngine';
      readonly engine: number;
      readonly damage?: string;
      readonly ok: boolean;
    }
  | { readonly call: EngineRead; readonly engine: number; readonly value: string }
  | {
      readonly call: 'setWeightStreamingBudgetV2';
      readonly engine: number;
      readonly budget: string;
      readonly ok: boolean;
    }
  | { readonly call: 'createExecutionContext'; readonly engine: number; readonly ok: boolean }
  | {
      readonly call: 'enqueueV3';
      readonly engine: number;
      readonly ok: boolean;
      readonly microseconds?: number;
    }
  | { readonly call: 'destroyExecutionContext' | 'destroyEngine'; readonly engine: number }
  | { readonly call: 'cudaMalloc'; readonly bytes: string; readonly ok: boolean }
  | { readonly call: 'cudaFree'; readonly bytes: string }
);

/** Calls of one process on one device, in order. */
export interface RecordedSequence {
  readonly record: 'sequence';
  readonly id: string;
  readonly engines: readonly string[];
  /** Free device memory at the start; null when it was not read. */
  readonly free: string | null;
  /** The load by a delegate that made the calls; null without a delegate. */
  readonly load: {
    readonly program: string | null;
    readonly method: string;
    readonly options: OptionsMapJson | null;
    readonly error: string | null;
    readonly warned: boolean | null;
    readonly executed: string | null;
    readonly ruling: { readonly clause: string; readonly decision: string } | null;
  } | null;
  readonly ended: { readonly kind: 'ok' } | { readonly kind: 'crashed'; readonly signal: number };
  readonly calls: readonly RecordedCall[];
}

/** A recording. */
export interface Recording {
  readonly header: RecordingHeader;
  /** By id. */
  readonly engines: ReadonlyMap<string, RecordingEngine>;
  readonly sequences: readonly RecordedSequence[];
}

/**
 * Reads the text of a recording; `file` is named in messages.
 *
 * @throws DocumentError when a line breaks its schema, the header is not the first line, an id
 *   stands twice, or a sequence names an engine that is not there.
 */
export function parseRecording(text: string, file: string, schemas: Schemas): Recording {
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line, at) => schemas.parse('recording', line, `${file}:${at + 1}`) as Line);
  const [header, ...rest] = lines;
  if (header?.record !== 'header') throw new DocumentError(file, 'does not begin with a header');
  const engines = new Map<string, RecordingEngine>();
  const sequences = new Map<string, RecordedSequence>();
  for (const line of rest) {
    if (line.record === 'header') throw new DocumentError(file, 'has more than one header');
    const seen: ReadonlyMap<string, unknown> = line.record === 'engine' ? engines : sequences;
    if (seen.has(line.id)) throw new DocumentError(file, `has two ${line.record}s ${line.id}`);
    if (line.record === 'engine') engines.set(line.id, line);
    else sequences.set(line.id, checked(line, engines, file));
  }
  if (sequences.size === 0) throw new DocumentError(file, 'has no sequence, so nothing could differ from it');
  return { header, engines, sequences: [...sequences.values()] };
}

type Line = RecordingHeader | RecordingEngine | RecordedSequence;

function checked(
  sequence: RecordedSequence,
  engines: ReadonlyMap<string, unknown>,
  file: string,
): RecordedSequence {
  const unknown = sequence.engines.find((id) => !engines.has(id));
  if (unknown !== undefined)
    throw new DocumentError(file, `${sequence.id} names the engine ${unknown}, which no earlier line has`);
  const beyond = sequence.calls.find((call) => 'engine' in call && call.engine >= sequence.engines.length);
  if (beyond !== undefined)
    throw new DocumentError(
      file,
      `${sequence.id}: ${beyond.call} is made on an engine that it does not name`,
    );
  return sequence;
}
