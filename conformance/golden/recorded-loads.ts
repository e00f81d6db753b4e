import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { ErrorName } from '../../reference/outcome/error-code.js';
import type { EngineCall } from '../../reference/outcome/outcome.js';
import type { OptionsMap } from '../../reference/request/load-request.js';
import { optionsFromJson, type OptionsMapJson } from '../protocol/json-options.js';
import { callFromJson, type CallJson } from '../protocol/json-outcome.js';
import type { Schemas } from '../spec/schemas.js';

/** The loads of upstream's delegate on TensorRT 10.6 on an H100, as a path below the root of the suite. */
export const RECORDED_LOADS = 'golden/recorded/upstream-tensorrt-10.6-h100.jsonl';

/** One load of a real program by upstream's delegate on a real TensorRT. */
export interface RecordedLoad {
  /** Path below golden/. */
  readonly program: string;
  readonly method: string;
  readonly options: OptionsMap | null;
  /** Bytes of device memory free before the load. */
  readonly freeBytes: bigint;
  readonly error: ErrorName;
  /** Whether an Error-level log record named `weight_streaming_budget`. */
  readonly warned: boolean;
  /** The calls of each engine, in order. */
  readonly engines: readonly (readonly EngineCall[])[];
  /** How one execution ended; null when the load failed. */
  readonly executed: ErrorName | null;
  /** Null when the specification agrees with upstream; else the clause, and the anchor of the ruling in spec/decisions.md. */
  readonly ruling: { readonly clause: ClauseId; readonly decision: string } | null;
}

type LoadJson = Omit<RecordedLoad, 'options' | 'freeBytes' | 'engines'> & {
  readonly options: OptionsMapJson | null;
  readonly freeBytes: string;
  readonly engines: readonly (readonly CallJson[])[];
};

/**
 * Reads the recorded loads below `root`, the folder that holds golden/.
 *
 * @throws DocumentError when a line breaks its schema.
 */
export function loadRecordedLoads(root: string, schemas: Schemas): readonly RecordedLoad[] {
  const lines = readFileSync(join(root, RECORDED_LOADS), 'utf8').trimEnd().split('\n');
  return lines.map((line, index) => {
    const json = schemas.parse('recorded-load', line, `${RECORDED_LOADS}:${index + 1}`) as LoadJson;
    return {
      ...json,
      options: optionsFromJson(json.options),
      freeBytes: BigInt(json.freeBytes),
      engines: json.engines.map((calls) => calls.map(callFromJson)),
    };
  });
}
