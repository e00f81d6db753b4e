import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { ErrorName } from '../../reference/outcome/error-code.js';
import type { EngineCall } from '../../reference/outcome/outcome.js';
import type { OptionsMap } from '../../reference/request/load-request.js';
import { optionsFromJson } from '../wire/json/json-options.js';
import { parseRecording, type RecordedCall } from './recording.js';
import { DocumentError, type Schemas } from '../spec/schemas.js';

/**
 * The loads of upstream's delegate on TensorRT 10.6 on an H100, as a path below the root of the
 * suite.
 */
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
  /**
   * Null when the specification agrees with upstream; else the clause, and the anchor of the ruling
   * in spec/decisions.md.
   */
  readonly ruling: { readonly clause: ClauseId; readonly decision: string } | null;
}

/**
 * Reads the recorded loads below `root`, the folder that holds golden/.
 *
 * @throws DocumentError when the recording breaks its format, or a load in it has no program.
 */
export function loadRecordedLoads(root: string, schemas: Schemas): readonly RecordedLoad[] {
  const text = readFileSync(join(root, RECORDED_LOADS), 'utf8');
  return parseRecording(text, RECORDED_LOADS, schemas).sequences.map(({ id, load, free, engines, calls }) => {
    if (load?.program == null || load.error === null || free === null) {
      throw new DocumentError(RECORDED_LOADS, `${id} is not a load of a stored program`);
    }
    return {
      program: load.program,
      method: load.method,
      options: optionsFromJson(load.options),
      freeBytes: BigInt(free),
      error: load.error as ErrorName,
      warned: load.warned === true,
      engines: engines.map((_, engine) => calls.flatMap((call) => contractCall(call, engine))),
      executed: load.executed as ErrorName | null,
      ruling: load.ruling as RecordedLoad['ruling'],
    };
  });
}

/**
 * A call as the contract sees it; none for a call on another engine and for a read that changes
 * nothing.
 */
function contractCall(call: RecordedCall, engine: number): readonly EngineCall[] {
  if (!('engine' in call) || call.engine !== engine) return [];
  switch (call.call) {
    case 'deserializeCudaEngine':
    case 'createExecutionContext':
      return [{ call: call.call, ok: call.ok }];
    case 'setWeightStreamingBudgetV2':
      return [{ call: call.call, budget: BigInt(call.budget), ok: call.ok }];
    case 'getWeightStreamingAutomaticBudget':
      return [{ call: call.call, budget: BigInt(call.value) }];
    case 'getStreamableWeightsSize':
    case 'getWeightStreamingBudgetV2':
    case 'getWeightStreamingScratchMemorySize':
    case 'getDeviceMemorySizeV2':
    case 'enqueueV3':
    case 'destroyExecutionContext':
    case 'destroyEngine':
      return [];
  }
}
