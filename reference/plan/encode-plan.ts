import type { ByteSource } from '../source/byte-source.js';
import { paddedTo } from '../source/sparse-source.js';
import { crc32 } from './crc32.js';
import * as layout from './layout.js';
import type { Paging } from './paging.js';
import type { Plan, PlanBinding } from './plan.js';

const encoder = new TextEncoder();

/**
 * Writes a plan as bytes (spec/scripted-plan.md).
 *
 * @throws RangeError when a field is outside the range of the format: paging of a scripted plan,
 *   granules beyond 2^30 bytes or more than 255 of them, more than 32 set answers or 64 bindings, a
 *   rank above 8, bounds of another rank than the shape, a name or alias of no or more than 1024
 *   bytes, a value beyond 64 bits.
 */
export function encodePlan(plan: Plan): Uint8Array {
  return encodeWith(plan, null);
}

/** A plan with so many bytes of weights behind it, which are zeros: as large as a real one. */
export function composePlan(plan: Plan, weights: number): ByteSource {
  const bytes = encodeWith(plan, BigInt(weights));
  return paddedTo(bytes.length + weights, bytes);
}

/** @param weights - null for a plan without any */
function encodeWith(plan: Plan, weights: bigint | null): Uint8Array {
  checkLimit('set answers', plan.setAnswers.length, layout.MAX_SET_ANSWERS);
  checkLimit('bindings', plan.bindings.length, layout.MAX_BINDINGS);
  const bindings = plan.bindings.map(encodeBinding);
  const bare = bindings.reduce((sum, binding) => sum + binding.length, layout.PLAN_HEADER_BYTES);
  const size = weights === null ? bare : bare + layout.WEIGHTS_BYTES;

  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  bytes.set(layout.PLAN_MAGIC);
  view.setUint16(layout.VERSION_AT, layout.PLAN_VERSION, true);
  view.setUint8(layout.KIND_AT, plan.kind === 'scripted' ? layout.KIND_SCRIPTED : layout.KIND_MODELLED);
  view.setUint8(
    layout.FLAGS_AT,
    (plan.deserializes ? 0 : layout.FLAG_DESERIALIZE_NULL) |
      (plan.createsContext ? 0 : layout.FLAG_CONTEXT_NULL) |
      (plan.enqueues ? 0 : layout.FLAG_ENQUEUE_FALSE) |
      (weights === null ? 0 : layout.FLAG_WEIGHTS) |
      (plan.updatesInPlace === true ? layout.FLAG_UPDATES_IN_PLACE : 0),
  );
  view.setUint32(layout.SIZE_AT, size, true);
  view.setUint8(layout.SET_COUNT_AT, plan.setAnswers.length);
  view.setUint8(layout.SET_DEFAULT_AT, plan.setDefault ? 1 : 0);
  view.setUint8(layout.BINDING_COUNT_AT, bindings.length);
  view.setUint32(layout.SET_ANSWERS_AT, packAnswers(plan.setAnswers), true);
  setInt64(view, layout.STREAMABLE_AT, plan.streamable);
  setInt64(view, layout.AUTOMATIC_AT, plan.automatic);
  setInt64(view, layout.SCRATCH_AT, plan.scratch);
  setInt64(view, layout.ACTIVATIONS_AT, plan.activations);
  if (plan.paging !== undefined) writePaging(view, plan.kind, plan.paging);
  let at = layout.PLAN_HEADER_BYTES;
  for (const binding of bindings) {
    bytes.set(binding, at);
    at += binding.length;
  }
  if (weights !== null) view.setBigUint64(bare, weights, true);
  view.setUint32(layout.CHECKSUM_AT, crc32(bytes, layout.CHECKED_FROM), true);
  return bytes;
}

function writePaging(view: DataView, kind: Plan['kind'], paging: Paging): void {
  if (kind === 'scripted') throw new RangeError('A scripted plan takes no memory and has no paging.');
  checkLimit('granule bits', paging.granuleBits, layout.MAX_GRANULE_BITS);
  const { granuleBits, context, contextHeadroom, weightsHeadroom, loadHeadroom } = paging;
  for (const count of [context, contextHeadroom, weightsHeadroom, loadHeadroom]) {
    checkLimit('granules', count, 255);
  }
  view.setUint8(layout.GRANULE_BITS_AT, granuleBits);
  view.setUint8(layout.CONTEXT_GRANULES_AT, context);
  view.setUint8(layout.CONTEXT_HEADROOM_AT, contextHeadroom);
  view.setUint8(layout.WEIGHTS_HEADROOM_AT, weightsHeadroom);
  view.setUint8(layout.LOAD_HEADROOM_AT, loadHeadroom);
}

function encodeBinding(binding: PlanBinding): Uint8Array {
  const name = encoder.encode(binding.name);
  const alias = encoder.encode(binding.aliases ?? '');
  const { shape, profile } = binding;
  checkLimit('name bytes', name.length, layout.MAX_NAME_BYTES);
  checkLimit('alias bytes', alias.length, layout.MAX_NAME_BYTES);
  checkLimit('dimensions', shape.length, layout.MAX_RANK);
  if (name.length === 0) throw new RangeError('A binding of a plan needs a name.');
  if (binding.aliases === '') throw new RangeError('The alias of a binding is null or the name of an input.');
  if (profile !== null && (profile.min.length !== shape.length || profile.max.length !== shape.length)) {
    throw new RangeError(`The bounds of ${binding.name} need the rank of its shape, ${shape.length}.`);
  }

  const dimensions = profile === null ? [...shape] : [...shape, ...profile.min, ...profile.max];
  const bytes = new Uint8Array(
    layout.BINDING_HEADER_BYTES + dimensions.length * 8 + name.length + alias.length,
  );
  const view = new DataView(bytes.buffer);
  view.setUint8(0, binding.mode === 'input' ? layout.MODE_INPUT : layout.MODE_OUTPUT);
  view.setUint8(1, binding.dtype);
  view.setUint8(2, shape.length);
  view.setUint8(
    3,
    (binding.shapeInference ? layout.BINDING_FLAG_SHAPE_INFERENCE : 0) |
      (profile === null ? 0 : layout.BINDING_FLAG_PROFILE),
  );
  view.setUint16(4, name.length, true);
  view.setUint16(6, alias.length, true);
  let at = layout.BINDING_HEADER_BYTES;
  for (const dimension of dimensions) {
    setInt64(view, at, dimension);
    at += 8;
  }
  bytes.set(name, at);
  bytes.set(alias, at + name.length);
  return bytes;
}

function packAnswers(answers: readonly boolean[]): number {
  return answers.reduce((bits, answer, n) => (answer ? bits | (1 << n) : bits), 0) >>> 0;
}

function setInt64(view: DataView, at: number, value: bigint): void {
  if (BigInt.asIntN(64, value) !== value)
    throw new RangeError(`${value.toString()} does not fit in 64 bits.`);
  view.setBigInt64(at, value, true);
}

function checkLimit(what: string, count: number, limit: number): void {
  if (count > limit) throw new RangeError(`A plan holds at most ${limit} ${what}, not ${count}.`);
}
