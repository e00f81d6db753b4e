import { crc32 } from '../../../reference/plan/crc32.js';

const METADATA = '{"io_bindings":[]}';
const BLOB_HEADER = 32;
const ENGINE_OFFSET = 64;
const PLAN_SIZE = 64;
const PLAN = {
  version: 8,
  kind: 10,
  flags: 11,
  size: 12,
  checksum: 16,
  setCount: 20,
  setAnswers: 24,
  streamable: 32,
  automatic: 40,
  scratch: 48,
  activations: 56,
} as const;

/** Bytes of scratch and activations in every generated plan; scripted engines take no memory. */
const SCRATCH = 64;
const ACTIVATIONS = 16;

/** A `TR01` blob around a scripted plan without bindings, to be patched for each engine. */
export interface ScriptedBlob {
  readonly bytes: Uint8Array;
  /**
   * Patches the copy of the blob at `at`: streamable and automatic are copied from two int64 of `source`,
   * `answers` lists eight answers to sets (a ninth is refused), `flags` are those of a decision record's engine.
   */
  patch(
    out: Uint8Array,
    view: DataView,
    at: number,
    source: Uint8Array,
    streamable: number,
    automatic: number,
    answers: number,
    flags: number,
  ): void;
}

/** Builds the blob; see spec/scripted-plan.md for the plan in it. */
export function buildScriptedBlob(): ScriptedBlob {
  const bytes = new Uint8Array(ENGINE_OFFSET + PLAN_SIZE);
  const view = new DataView(bytes.buffer);
  const text = new TextEncoder();
  bytes.set(text.encode('TR01'));
  view.setUint32(4, BLOB_HEADER, true);
  view.setUint32(8, METADATA.length, true);
  view.setUint32(12, ENGINE_OFFSET, true);
  view.setUint32(16, PLAN_SIZE, true);
  bytes[24] = 1;
  bytes.set(text.encode(METADATA), BLOB_HEADER);
  bytes.set(text.encode('WSBPLAN\0'), ENGINE_OFFSET);
  view.setUint16(ENGINE_OFFSET + PLAN.version, 1, true);
  bytes[ENGINE_OFFSET + PLAN.kind] = 1;
  view.setUint32(ENGINE_OFFSET + PLAN.size, PLAN_SIZE, true);
  bytes[ENGINE_OFFSET + PLAN.setCount] = 8;
  view.setUint32(ENGINE_OFFSET + PLAN.scratch, SCRATCH, true);
  view.setUint32(ENGINE_OFFSET + PLAN.activations, ACTIVATIONS, true);
  return { bytes, patch };
}

function patch(
  out: Uint8Array,
  view: DataView,
  at: number,
  source: Uint8Array,
  streamable: number,
  automatic: number,
  answers: number,
  flags: number,
): void {
  const plan = at + ENGINE_OFFSET;
  for (let i = 0; i < 8; i++) {
    out[plan + PLAN.streamable + i] = source[streamable + i] ?? 0;
    out[plan + PLAN.automatic + i] = source[automatic + i] ?? 0;
  }
  out[plan + PLAN.setAnswers] = answers;
  out[plan + PLAN.flags] = flags;
  view.setUint32(plan + PLAN.checksum, crc32(out, plan + PLAN.setCount, plan + PLAN_SIZE), true);
}
