import type { FailureName } from '../../reference/outcome/error-code.js';
import type {
  EngineCall,
  EngineOutcome,
  GivenValue,
  Outcome,
  StepOutcome,
} from '../../reference/outcome/outcome.js';
import { VIOLATIONS } from '../../reference/outcome/outcome.js';
import { ByteReader } from './byte-reader.js';
import {
  CALLS,
  failureOfCode,
  MOST_VALUE_BYTES,
  OVERFLOW_CODE,
  PHASES,
  SOURCES,
  STEP_HAS_VALUE,
  STEP_WARNED,
  VALUE_TYPES,
} from './outcome-codes.js';
import { readRecords } from './read-records.js';
import { WireError } from './wire-error.js';

/**
 * The outcomes of a batch of outcome records, in order. Throws {@link WireError} when the batch is
 * malformed.
 */
export function decodeOutcomes(batch: Uint8Array): Outcome[] {
  return readRecords(batch).map(([start, end]) => decodeRecord(new ByteReader(batch, start, end)));
}

/** The outcome of exactly one record. Throws {@link WireError} when it is malformed. */
export function decodeOutcome(record: Uint8Array): Outcome {
  const [outcome, ...more] = decodeOutcomes(record);
  if (outcome === undefined || more.length > 0) throw new WireError('not exactly one outcome record', 0);
  return outcome;
}

function decodeRecord(reader: ByteReader): Outcome {
  reader.u32();
  const version = reader.u8();
  if (version !== 1) throw new WireError(`outcome version ${version} is not known`, reader.at - 1);
  const failure = decodeError(reader);
  const steps = reader.u8();
  const engines = reader.u8();
  const leaks = {
    runtimes: reader.u16(),
    engines: reader.u16(),
    contexts: reader.u16(),
    events: reader.u16(),
    allocations: reader.u16(),
  };
  const violations = reader.u16();
  const outcome: Outcome = {
    program: failure === null ? { kind: 'ok' } : { kind: 'rejected', error: failure },
    steps: times(steps, () => decodeStep(reader)),
    engines: times(engines, () => decodeEngine(reader)),
    leaks,
    violations: times(violations, () => reader.item8(VIOLATIONS, 'violation')),
  };
  if (reader.left > 0) throw new WireError(`${reader.left} bytes too many in an outcome record`, reader.at);
  return outcome;
}

function decodeError(reader: ByteReader): FailureName | null {
  const code = reader.u8();
  const failure = failureOfCode(code);
  if (failure !== undefined) return failure;
  const why =
    code === OVERFLOW_CODE
      ? 'the subject made more calls than a record counts'
      : 'not an error of ExecuTorch 1.5';
  throw new WireError(`error code ${code}: ${why}`, reader.at - 1);
}

function decodeStep(reader: ByteReader): StepOutcome {
  const error = decodeError(reader);
  const phase = reader.item8(PHASES, 'phase');
  const flags = reader.u8();
  const warned = (flags & STEP_WARNED) !== 0;
  const hasValue = (flags & STEP_HAS_VALUE) !== 0;
  if (error === null && phase === null)
    return { kind: 'ok', warned, ...(hasValue ? { value: decodeValue(reader) } : {}) };
  if (hasValue) throw new WireError('a step that is rejected has a value', reader.at - 1);
  if (error !== null && phase !== null) return { kind: 'rejected', phase, error, warned };
  throw new WireError('a step has a phase without an error, or an error without a phase', reader.at - 3);
}

function decodeValue(reader: ByteReader): GivenValue {
  const type = reader.item8(VALUE_TYPES, 'type of a value');
  switch (type) {
    case 'bool':
      return { type, value: reader.item8([false, true], 'bool') };
    case 'int':
      return { type, value: reader.i32() };
    case 'string': {
      const bytes = reader.bytes16();
      if (bytes.length <= MOST_VALUE_BYTES) return { type, bytes };
      throw new WireError(`a value holds ${bytes.length} bytes, at most ${MOST_VALUE_BYTES} fit`, reader.at);
    }
  }
}

function decodeEngine(reader: ByteReader): EngineOutcome {
  const step = reader.u8();
  const source = reader.item8(SOURCES, 'source');
  const hasApplied = (reader.u8() & 1) === 1;
  const calls = reader.u8();
  const applied = reader.i64();
  return {
    step,
    source,
    applied: hasApplied ? applied : null,
    calls: times(calls, () => decodeCall(reader)),
  };
}

function decodeCall(reader: ByteReader): EngineCall {
  const call = reader.item8(CALLS, 'call');
  const ok = reader.u8() === 1;
  const value = reader.i64();
  switch (call) {
    case 'getWeightStreamingAutomaticBudget':
      return { call, budget: value };
    case 'setWeightStreamingBudgetV2':
      return { call, budget: value, ok };
    case 'deserializeCudaEngine':
    case 'createExecutionContext':
    case 'enqueueV3':
      return { call, ok };
  }
}

function times<T>(count: number, read: () => T): T[] {
  return Array.from({ length: count }, read);
}
