import { ERROR_CODES } from '../../reference/outcome/error-code.js';
import type {
  EngineCall,
  EngineOutcome,
  GivenValue,
  Outcome,
  StepOutcome,
} from '../../reference/outcome/outcome.js';
import { VIOLATIONS } from '../../reference/outcome/outcome.js';
import { ByteWriter } from './byte-writer.js';
import {
  MOST_VALUE_BYTES,
  PHASES,
  SOURCES,
  STEP_HAS_VALUE,
  STEP_WARNED,
  VALUE_TYPES,
} from './outcome-codes.js';
import { WireError } from './wire-error.js';

const WIRE_VERSION = 1;
const MOST = 255;

/** Room for an ordinary outcome record. */
const RECORD_BYTES = 256;

/**
 * Appends one outcome record (spec/wire-format.md) to `writer`. Equal outcomes give equal bytes, so
 * that two subjects are compared without decoding. Throws `WireError` where a count or a value
 * passes its limit.
 */
export function encodeOutcome(writer: ByteWriter, outcome: Outcome): void {
  const start = writer.length;
  writer.u32(0);
  writer.u8(WIRE_VERSION);
  writer.u8(outcome.program.kind === 'ok' ? 0 : ERROR_CODES[outcome.program.error]);
  writer.count8(outcome.steps.length, 'step outcomes');
  writer.count8(outcome.engines.length, 'engine outcomes');
  const { runtimes, engines, contexts, events, allocations } = outcome.leaks;
  writer.u16(runtimes);
  writer.u16(engines);
  writer.u16(contexts);
  writer.u16(events);
  writer.u16(allocations);
  writer.u16(outcome.violations.length > MOST ? MOST : outcome.violations.length);
  for (const step of outcome.steps) encodeStep(writer, step);
  for (const engine of outcome.engines) encodeEngine(writer, engine);
  for (const violation of outcome.violations.slice(0, MOST)) writer.u8(VIOLATIONS.indexOf(violation));
  writer.patchU32(start, writer.length - start);
}

/** One outcome as a record of its own. */
export function encodedOutcome(outcome: Outcome): Uint8Array {
  const writer = new ByteWriter(RECORD_BYTES);
  encodeOutcome(writer, outcome);
  return writer.take();
}

function encodeStep(writer: ByteWriter, step: StepOutcome): void {
  const rejected = step.kind === 'rejected';
  writer.u8(rejected ? ERROR_CODES[step.error] : 0);
  writer.u8(rejected ? PHASES.indexOf(step.phase) : 0);
  const value = rejected ? undefined : step.value;
  writer.u8((step.warned ? STEP_WARNED : 0) | (value === undefined ? 0 : STEP_HAS_VALUE));
  if (value !== undefined) encodeValue(writer, value);
}

function encodeValue(writer: ByteWriter, value: GivenValue): void {
  writer.u8(VALUE_TYPES.indexOf(value.type));
  switch (value.type) {
    case 'bool':
      writer.u8(value.value ? 1 : 0);
      return;
    case 'int':
      writer.i32(value.value);
      return;
    case 'string':
      if (value.bytes.length > MOST_VALUE_BYTES)
        throw new WireError(
          `a value holds ${value.bytes.length} bytes, at most ${MOST_VALUE_BYTES} fit`,
          writer.length,
        );
      writer.bytes16(value.bytes);
      return;
  }
}

function encodeEngine(writer: ByteWriter, engine: EngineOutcome): void {
  writer.u8(engine.step);
  writer.u8(SOURCES.indexOf(engine.source));
  writer.u8(engine.applied === null ? 0 : 1);
  writer.count8(engine.calls.length, 'calls of an engine');
  writer.i64(engine.applied ?? 0n);
  for (const call of engine.calls) encodeCall(writer, call);
}

function encodeCall(writer: ByteWriter, call: EngineCall): void {
  switch (call.call) {
    case 'deserializeCudaEngine':
      writeCall(writer, 0, call.ok, 0n);
      return;
    case 'getWeightStreamingAutomaticBudget':
      writeCall(writer, 1, true, call.budget);
      return;
    case 'setWeightStreamingBudgetV2':
      writeCall(writer, 2, call.ok, call.budget);
      return;
    case 'createExecutionContext':
      writeCall(writer, 3, call.ok, 0n);
      return;
    case 'enqueueV3':
      writeCall(writer, 4, call.ok, 0n);
      return;
  }
}

function writeCall(writer: ByteWriter, code: number, ok: boolean, value: bigint): void {
  writer.u8(code);
  writer.u8(ok ? 1 : 0);
  writer.i64(value);
}
