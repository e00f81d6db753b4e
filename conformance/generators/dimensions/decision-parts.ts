import type { DecisionCase, DecisionEngine } from '../../../reference/rules/decide.js';
import type { DeliveredOption, DeliveredValue } from '../../../reference/rules/delivered-option.js';
import type { CompileSpec } from '../../../reference/rules/find-spec.js';
import { BUDGET } from '../../model/names.js';

/** Makes a case when it is needed: most of them are needed in one worker alone. */
export type LazyCase = () => DecisionCase;

/** All sets of an engine accepted. */
export const ACCEPTS: readonly boolean[] = Array<boolean>(8).fill(true);

/** The first set refused, the others accepted. */
export const REFUSES_ONE: readonly boolean[] = [false, ...ACCEPTS.slice(1)];

/** All sets refused. */
export const REFUSES: readonly boolean[] = ACCEPTS.map(() => false);

/** The largest budget, in bytes. */
export const MOST = 2n ** 63n - 1n;

const PLAIN: DecisionEngine = { streamable: 1024n, automatic: 512n, setAnswers: ACCEPTS, specs: [] };

/** An engine with 1024 streamable bytes and an automatic budget of 512, but for what is given. */
export function engine(parts: Partial<DecisionEngine> = {}): DecisionEngine {
  return { ...PLAIN, ...parts };
}

/** A case of one engine. */
export function one(parts: Partial<DecisionEngine>, options: readonly DeliveredOption[] = []): DecisionCase {
  return { options, engines: [engine(parts)] };
}

/** The budget as option. */
export function option(value: DeliveredValue, key = BUDGET): DeliveredOption {
  return { key, value };
}

/** The budget as compile spec. */
export function spec(value: Uint8Array | string, key = BUDGET): CompileSpec {
  return { key, value: bytes(value) };
}

/** Text as the value of an option. */
export function text(value: Uint8Array | string): DeliveredValue {
  return { type: 'array', bytes: bytes(value) };
}

/** The bytes of a text, each of its characters one. */
export function bytes(value: Uint8Array | string): Uint8Array {
  return typeof value === 'string' ? Uint8Array.from(value, (character) => character.charCodeAt(0)) : value;
}

/** The whole numbers from `from` up to, and without, `to`. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
}

/** All pairs of two lists. */
export function pairs<A, B>(a: readonly A[], b: readonly B[]): [A, B][] {
  return a.flatMap((left) => b.map((right): [A, B] => [left, right]));
}

/** The list with an item put at a place. */
export function inserted<T>(list: readonly T[], at: number, item: T): T[] {
  return [...list.slice(0, at), item, ...list.slice(at)];
}
