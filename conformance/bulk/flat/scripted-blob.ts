import { crc32, encodePlan, scriptedPlan } from '../../../reference/index.js';
import {
  AUTOMATIC_AT,
  CHECKED_FROM,
  CHECKSUM_AT,
  FLAGS_AT,
  PLAN_HEADER_BYTES,
  SET_ANSWERS_AT,
  STREAMABLE_AT,
} from '../../../reference/plan/layout.js';
import {
  ENGINE_ANSWERS,
  ENGINE_AUTOMATIC,
  ENGINE_FLAGS,
  ENGINE_STREAMABLE,
} from '../../wire/decision-format.js';
import { type Memory, newMemory } from '../../wire/memory.js';

const METADATA = new TextEncoder().encode('{"io_bindings":[]}');
const METADATA_AT = 32;
const PLAN_AT = 64;

/**
 * A `TR01` blob around a scripted plan without bindings (spec/scripted-plan.md), which has eight
 * answers to sets and refuses a ninth; {@link patchBlob} makes it the blob of an engine.
 */
export const SCRIPTED_BLOB = buildBlob();

function buildBlob(): Uint8Array {
  const plan = encodePlan(scriptedPlan({ setAnswers: Array<boolean>(8).fill(true), setDefault: false }));
  const { bytes, view } = newMemory(PLAN_AT + plan.length);
  bytes.set(new TextEncoder().encode('TR01'));
  view.setUint32(4, METADATA_AT, true);
  view.setUint32(8, METADATA.length, true);
  view.setUint32(12, PLAN_AT, true);
  view.setUint32(16, plan.length, true);
  bytes[24] = 1;
  bytes.set(METADATA, METADATA_AT);
  bytes.set(plan, PLAN_AT);
  return bytes;
}

/** Makes the copy of the blob at `at` that of an engine of a decision record. */
export function patchBlob({ bytes, view }: Memory, at: number, block: Uint8Array, engine: number): void {
  const plan = at + PLAN_AT;
  for (let i = 0; i < 8; i++) {
    bytes[plan + STREAMABLE_AT + i] = block[engine + ENGINE_STREAMABLE + i] ?? 0;
    bytes[plan + AUTOMATIC_AT + i] = block[engine + ENGINE_AUTOMATIC + i] ?? 0;
  }
  bytes[plan + SET_ANSWERS_AT] = block[engine + ENGINE_ANSWERS] ?? 0;
  bytes[plan + FLAGS_AT] = block[engine + ENGINE_FLAGS] ?? 0;
  view.setUint32(plan + CHECKSUM_AT, crc32(bytes, plan + CHECKED_FROM, plan + PLAN_HEADER_BYTES), true);
}
