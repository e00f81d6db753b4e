import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { BudgetSource } from '../../reference/outcome/outcome.js';
import { BUDGET_KEY, findSpec, malformedClause, parseBudget, type Plan } from '../../reference/index.js';
import type { OptionValue } from '../../reference/request/load-request.js';
import { BACKEND } from '../model/names.js';
import type { Scene } from './scene.js';

/** What a subject was seen to take for the budget. */
export interface Seen {
  /** The budget in bytes that it set; null when it set none. */
  readonly budget: bigint | null;
  /** Where it says that its budget came from; null when it cannot tell or none took effect. */
  readonly source: BudgetSource | null;
}

/** A subject that was seen to set nothing. */
export const NOTHING_SEEN: Seen = { budget: null, source: null };

/** Clauses that a difference can be traced to, the likeliest first. */
export type Clauses = readonly [ClauseId, ...ClauseId[]];

const OPTION_BYTES = 256;
const CUT_BYTES = 255;
const ZERO = 0x30;
/** Budgets from here on do not fit into a signed 32-bit integer. */
const WIDE = 2n ** 31n;

/**
 * The clauses by which the specification takes, or refuses, the budget of a scene, when the subject did as `seen`. A subject that
 * never looks at compile specs breaks many of them at once: such a clause stands behind the one at hand.
 */
export function choiceClauses(scene: Scene, seen: Seen): Clauses {
  const { choice } = scene;
  if (seen.source === 'option' && (choice.kind === 'automatic' || choice.source !== 'option')) {
    return [strayOptionClause(scene, seen) ?? 'WSB-OPT-11', formClause(scene)];
  }
  switch (choice.kind) {
    case 'rejected':
      return choice.source === 'option' ? refusedOption(scene, seen) : refusedSpec(scene, seen);
    case 'automatic':
      return uncounted(scene, seen);
    case 'explicit':
      return choice.source === 'option'
        ? takenOption(scene, choice.budget, seen)
        : takenSpec(scene, choice.budget, seen);
  }
}

/** The option is refused. */
function refusedOption(scene: Scene, seen: Seen): Clauses {
  const type = scene.option?.type;
  const own: ClauseId = type === 'bool' ? 'WSB-OPT-04' : type === 'int' ? 'WSB-OPT-03' : 'WSB-OPT-09';
  if (tookLater(scene, seen)) return ['WSB-OPT-12', own];
  if (tookSpec(scene, seen)) return ['WSB-PREC-09'];
  if (own !== 'WSB-OPT-09' || seen.source === 'automatic') return [own];
  const told = parseClause(optionText(scene) ?? new Uint8Array(0));
  return told === null ? [own] : [told, formClause(scene), own];
}

/** The compile specs are refused. */
function refusedSpec(scene: Scene, seen: Seen): Clauses {
  const spec = findSpec(scene.specs, BUDGET_KEY);
  if (spec.kind !== 'one') return ['WSB-PREC-06', 'WSB-PREC-04'];
  if (seen.source === 'automatic') return ['WSB-PREC-07', 'WSB-PREC-04'];
  return [parseClause(spec.value) ?? 'WSB-PREC-07', 'WSB-PREC-07', 'WSB-PREC-04'];
}

/** The option is the budget. */
function takenOption(scene: Scene, budget: bigint, seen: Seen): Clauses {
  const spec = findSpec(scene.specs, BUDGET_KEY);
  const nothing = seen.budget === null && seen.source === null;
  const others = [...(budget === 0n ? (['WSB-APPLY-13'] as const) : []), ...valueClauses(scene)];
  if (tookLater(scene, seen)) return ['WSB-OPT-12'];
  if (spec.kind === 'one' && tookSpec(scene, seen)) return ['WSB-PREC-01'];
  if (spec.kind === 'several' && (nothing || tookSpec(scene, seen))) return ['WSB-PREC-03', ...others];
  if (spec.kind === 'one' && nothing && parseClause(spec.value) !== null) return ['WSB-PREC-02', ...others];
  if (nothing && givenValues(scene).length > 1) return ['WSB-OPT-12', ...others];
  if (budget === 0n && seen.source === 'automatic') return ['WSB-APPLY-13', 'WSB-OPT-01'];
  return nothing ? valueClauses(scene) : [formClause(scene)];
}

/** The clauses about the value that the option has, when it was not taken. */
function valueClauses(scene: Scene): Clauses {
  const text = optionText(scene);
  const told = text === null ? null : textClause(text);
  return told === null ? [formClause(scene)] : [told, formClause(scene)];
}

/** The clause about the form in which the option was given. */
function formClause(scene: Scene): ClauseId {
  if (scene.option?.type === 'int') return 'WSB-OPT-02';
  const [value] = givenValues(scene);
  switch (value?.type) {
    case 'string':
      return value.bytes.length > CUT_BYTES ? 'WSB-OPT-13' : 'WSB-OPT-01';
    case 'array':
      if (value.bytes.includes(0)) return 'WSB-OPT-08';
      return value.bytes.length === OPTION_BYTES ? 'WSB-OPT-07' : 'WSB-OPT-01';
    case 'int':
    case 'bool':
    case undefined:
      return 'WSB-OPT-01';
  }
}

/** There is no budget, whatever else is there. */
function uncounted(scene: Scene, seen: Seen): Clauses {
  const hidden = behindNul(scene);
  const own = strayOptionClause(scene, seen) ?? (scene.specs.length > 0 ? 'WSB-PREC-08' : 'WSB-PREC-05');
  return hidden === null ? [own] : [hidden, own];
}

/** The compile spec is the budget. */
function takenSpec(scene: Scene, budget: bigint, seen: Seen): Clauses {
  if (budget === 0n && seen.source === 'automatic') return ['WSB-APPLY-13', 'WSB-PREC-04'];
  const stray = strayOptionClause(scene, seen) ?? (scene.specs.length > 1 ? 'WSB-PREC-08' : null);
  const spec = findSpec(scene.specs, BUDGET_KEY);
  const told = spec.kind === 'one' && seen.source === null ? textClause(spec.value) : null;
  const [first = 'WSB-PREC-04', ...others] = [told, behindNul(scene), stray, 'WSB-PREC-04' as const].filter(
    (clause) => clause !== null,
  );
  return [first, ...others];
}

/** The clause by which an option that is there does not count; null when there is none. */
function strayOptionClause(scene: Scene, seen: Seen): ClauseId | null {
  const { map, options, option } = scene;
  if (option !== null) return tookLater(scene, seen) ? 'WSB-OPT-12' : 'WSB-OPT-05';
  if (options !== null && options.length > 0) return 'WSB-OPT-11';
  return map?.some(({ backend }) => backend !== BACKEND) === true ? 'WSB-OPT-10' : null;
}

/** The clause about bytes behind the first NUL, where an option is empty but for them: a case that is small has none in vain. */
function behindNul({ option }: Scene): ClauseId | null {
  const isEmpty = option?.type === 'array' && option.bytes[0] === 0;
  return isEmpty && option.bytes.some((byte) => byte !== 0) ? 'WSB-OPT-08' : null;
}

/** Whether the budget seen is that of an option behind the first one of the key. */
function tookLater(scene: Scene, seen: Seen): boolean {
  return givenValues(scene)
    .slice(1)
    .some((value) => seen.budget !== null && seen.budget === clamped(valueBudget(value), scene.plan));
}

/** Whether the budget seen is that of the compile spec. */
function tookSpec(scene: Scene, seen: Seen): boolean {
  return seen.source === 'compile-spec' || (seen.budget !== null && seen.budget === clampedSpec(scene));
}

/** The clause by which bytes are no budget; null when they are one. */
function parseClause(bytes: Uint8Array): ClauseId | null {
  const parsed = parseBudget(bytes);
  return parsed.ok ? null : malformedClause(bytes, parsed);
}

/** The clause that tells why these bytes are a budget all the same; null when there is nothing remarkable about them. */
function textClause(bytes: Uint8Array): ClauseId | null {
  if (bytes.length > 1 && bytes[0] === ZERO) return 'WSB-PARSE-02';
  const parsed = parseBudget(bytes);
  return parsed.ok && parsed.budget >= WIDE ? 'WSB-PARSE-01' : null;
}

function clampedSpec({ specs, plan }: Scene): bigint | null {
  const spec = findSpec(specs, BUDGET_KEY);
  return clamped(spec.kind === 'one' ? parsedBudget(spec.value) : null, plan);
}

function clamped(budget: bigint | null, plan: Plan | null): bigint | null {
  if (budget === null || plan === null) return null;
  return budget < plan.streamable ? budget : plan.streamable;
}

function valueBudget(value: OptionValue): bigint | null {
  return 'bytes' in value ? parsedBudget(value.bytes) : BigInt(value.value);
}

function parsedBudget(bytes: Uint8Array): bigint | null {
  const parsed = parseBudget(bytes);
  return parsed.ok ? parsed.budget : null;
}

function optionText({ option }: Scene): Uint8Array | null {
  if (option?.type !== 'array') return null;
  const end = option.bytes.indexOf(0);
  return end < 0 ? option.bytes : option.bytes.subarray(0, end);
}

/** The values under the budget's key as the caller gave them, of the entry that counts. */
function givenValues({ map }: Scene): OptionValue[] {
  const entry = map?.findLast(({ backend }) => backend === BACKEND);
  return (entry?.options ?? []).filter(({ key }) => key === BUDGET_KEY).map(({ value }) => value);
}
