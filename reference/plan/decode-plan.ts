import { crc32 } from './crc32.js';
import { decodeBindings } from './decode-bindings.js';
import * as layout from './layout.js';
import type { Paging } from './paging.js';
import type { Plan } from './plan.js';

/** A plan, or in words why the bytes are none. */
export type DecodedPlan =
  { readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly fault: string };

/**
 * Whether bytes claim to be a scripted plan: they begin with its magic. They can still be damaged.
 */
export function isScriptedPlan(bytes: Uint8Array): boolean {
  return layout.PLAN_MAGIC.every((byte, at) => bytes[at] === byte);
}

/**
 * Reads a plan of `size` bytes (spec/scripted-plan.md), of which the first
 * {@link layout.MOST_PLAN_BYTES} are given; its weights are not read. Anything out of order makes
 * it no plan.
 */
export function decodePlan(bytes: Uint8Array, size = bytes.length): DecodedPlan {
  const all = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const placeFault = startFault(bytes, all, size);
  if (placeFault !== null) return { ok: false, fault: placeFault };
  const flags = all.getUint8(layout.FLAGS_AT);
  const own = bytes.subarray(0, all.getUint32(layout.SIZE_AT, true));
  const view = new DataView(own.buffer, own.byteOffset, own.byteLength);
  const hasWeights = (flags & layout.FLAG_WEIGHTS) !== 0;
  const fault = headerFault(own, view, hasWeights, size);
  if (fault !== null) return { ok: false, fault };

  const end = own.length - (hasWeights ? layout.WEIGHTS_BYTES : 0);
  const bindings = decodeBindings(own.subarray(0, end), view, view.getUint8(layout.BINDING_COUNT_AT));
  if (typeof bindings === 'string') return { ok: false, fault: bindings };
  const paging = readPaging(view);
  return {
    ok: true,
    plan: {
      kind: view.getUint8(layout.KIND_AT) === layout.KIND_SCRIPTED ? 'scripted' : 'modelled',
      deserializes: (flags & layout.FLAG_DESERIALIZE_NULL) === 0,
      createsContext: (flags & layout.FLAG_CONTEXT_NULL) === 0,
      enqueues: (flags & layout.FLAG_ENQUEUE_FALSE) === 0,
      ...((flags & layout.FLAG_UPDATES_IN_PLACE) === 0 ? {} : { updatesInPlace: true }),
      setAnswers: unpackAnswers(
        view.getUint32(layout.SET_ANSWERS_AT, true),
        view.getUint8(layout.SET_COUNT_AT),
      ),
      setDefault: view.getUint8(layout.SET_DEFAULT_AT) === 1,
      streamable: view.getBigInt64(layout.STREAMABLE_AT, true),
      automatic: view.getBigInt64(layout.AUTOMATIC_AT, true),
      scratch: view.getBigInt64(layout.SCRATCH_AT, true),
      activations: view.getBigInt64(layout.ACTIVATIONS_AT, true),
      ...(Object.values(paging).some((value) => value !== 0) ? { paging } : {}),
      bindings,
    },
  };
}

/** What keeps a plan from being looked at: how it begins, and how long it is. */
function startFault(bytes: Uint8Array, view: DataView, size: number): string | null {
  if (size < layout.PLAN_HEADER_BYTES) {
    return `a plan has at least ${layout.PLAN_HEADER_BYTES} bytes, not ${size}`;
  }
  if (!isScriptedPlan(bytes)) return 'the magic is not WSBPLAN';
  const version = view.getUint16(layout.VERSION_AT, true);
  if (version !== layout.PLAN_VERSION) return `version ${version} is unknown`;
  const own = view.getUint32(layout.SIZE_AT, true);
  const hasWeights = (view.getUint8(layout.FLAGS_AT) & layout.FLAG_WEIGHTS) !== 0;
  const least = layout.PLAN_HEADER_BYTES + (hasWeights ? layout.WEIGHTS_BYTES : 0);
  if (own < least || (hasWeights ? own > size : own !== size)) {
    return `it says that it has ${own} bytes, but has ${size}`;
  }
  return own > layout.MOST_PLAN_BYTES ? `it has ${own} bytes, more than any plan` : null;
}

/** What is wrong with the fixed part of a plan; null when nothing is. */
function headerFault(bytes: Uint8Array, view: DataView, hasWeights: boolean, size: number): string | null {
  if (view.getUint32(layout.CHECKSUM_AT, true) !== crc32(bytes, layout.CHECKED_FROM)) {
    return 'the checksum does not match';
  }
  if (hasWeights) {
    const weights = view.getBigUint64(bytes.length - layout.WEIGHTS_BYTES, true);
    if (BigInt(bytes.length) + weights !== BigInt(size)) {
      return `it says that ${weights.toString()} bytes of weights follow, but ${size - bytes.length} do`;
    }
  }
  const kind = view.getUint8(layout.KIND_AT);
  if (kind !== layout.KIND_SCRIPTED && kind !== layout.KIND_MODELLED) return `kind ${kind} is unknown`;
  if (view.getUint8(layout.FLAGS_AT) > 31) return 'an unknown flag is set';
  if (view.getUint8(layout.SET_DEFAULT_AT) > 1) return 'the default answer is neither 0 nor 1';
  const paging = readPaging(view);
  if (paging.granuleBits > layout.MAX_GRANULE_BITS) {
    return `its granules have 2^${paging.granuleBits} bytes, more than 2^${layout.MAX_GRANULE_BITS}`;
  }
  if (kind === layout.KIND_SCRIPTED && Object.values(paging).some((value) => value !== 0)) {
    return 'it is scripted and says how it takes memory';
  }
  const answers = view.getUint8(layout.SET_COUNT_AT);
  if (answers > layout.MAX_SET_ANSWERS)
    return `it lists ${answers} set answers, more than ${layout.MAX_SET_ANSWERS}`;
  if (answers < 32 && view.getUint32(layout.SET_ANSWERS_AT, true) >>> answers !== 0) {
    return 'it answers more sets than it lists';
  }
  const bindings = view.getUint8(layout.BINDING_COUNT_AT);
  if (bindings > layout.MAX_BINDINGS) return `it has ${bindings} bindings, more than ${layout.MAX_BINDINGS}`;
  return null;
}

function readPaging(view: DataView): Paging {
  return {
    granuleBits: view.getUint8(layout.GRANULE_BITS_AT),
    context: view.getUint8(layout.CONTEXT_GRANULES_AT),
    contextHeadroom: view.getUint8(layout.CONTEXT_HEADROOM_AT),
    weightsHeadroom: view.getUint8(layout.WEIGHTS_HEADROOM_AT),
    loadHeadroom: view.getUint8(layout.LOAD_HEADROOM_AT),
  };
}

function unpackAnswers(bits: number, count: number): boolean[] {
  return Array.from({ length: count }, (_, n) => ((bits >>> n) & 1) === 1);
}
