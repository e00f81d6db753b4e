import type { Trace, TraceEntry } from '../../reference/index.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { EngineCall, Leaks, Outcome, Violation } from '../../reference/outcome/outcome.js';
import { callText, isBudgetCall, programText, stepText } from '../model/call-text.js';
import { callClauses, endsWith } from './call-clauses.js';
import { choiceClauses } from './choice-clauses.js';
import type { Outcomes } from './outcomes.js';

/** Clauses that a difference can be owed to, the likeliest first. */
export type Clauses = readonly [ClauseId, ...ClauseId[]];

/**
 * The clauses that decide the first part of the expected outcome which the observed one does not
 * have, in the order of the trace: the order in which things happen. A clause that another engine
 * shows to be kept comes behind those of which nothing is known yet. Where threads differ, it is
 * that they do. Null when the outcomes part
 * nowhere that the trace speaks of.
 */
export function attribute({ entries }: Pick<Trace, 'entries'>, outcomes: Outcomes): Clauses | null {
  // Whatever else differs follows from it: alone the request ends otherwise.
  if (outcomes.observed.violations.includes('threads-differ')) return ['WSB-LIFE-18'];
  const at = entries.findIndex((entry) => !agree(entry, outcomes));
  const entry = entries[at];
  if (entry === undefined) return null;
  const kept = new Set(
    entries.slice(0, at).flatMap((before) => (isSameEngine(before, entry) ? [] : shown(before, outcomes))),
  );
  const clauses = [...new Set(decisive(entry, outcomes))];
  const [first, ...others] = [
    ...clauses.filter((clause) => !kept.has(clause)),
    ...clauses.filter((clause) => kept.has(clause)),
  ];
  return first === undefined ? null : [first, ...others];
}

/**
 * The clauses that a part shows to be kept. Where no budget call is made, nothing shows how a
 * budget is chosen.
 */
function shown({ place, clauses, choice }: TraceEntry, { expected }: Outcomes): readonly ClauseId[] {
  const call = place.kind === 'call' ? callAt(expected, place) : undefined;
  if (choice === null || call === undefined || !isBudgetCall(call)) return clauses;
  return [...clauses, ...choice.value, ...choice.option, ...choice.spec];
}

function isSameEngine({ place: a }: TraceEntry, { place: b }: TraceEntry): boolean {
  return 'engine' in a && 'engine' in b && a.engine === b.engine;
}

/** Whether the observed outcome has the part of the expected one that an entry is about. */
function agree({ place }: TraceEntry, { expected, observed }: Outcomes): boolean {
  switch (place.kind) {
    case 'program':
      return programText(expected) === programText(observed);
    case 'call':
      return textOf(callAt(expected, place)) === textOf(callAt(observed, place));
    case 'no-budget-call': {
      const made = callAt(observed, place);
      return made === undefined || !isBudgetCall(made);
    }
    case 'no-call':
      return callAt(observed, place) === undefined;
    case 'end':
      return callAt(observed, place) === undefined && endsWith(observed, place.engine);
    case 'going-on':
      return !endsWith(observed, place.engine);
    case 'source':
    case 'applied': {
      const [wanted, told] = [expected, observed].map(({ engines }) => engines[place.engine]?.[place.kind]);
      return wanted === told;
    }
    case 'no-engine':
      return enginesOf(observed, place.step) <= enginesOf(expected, place.step);
    case 'step': {
      const [wanted, ended] = [expected, observed].map(({ steps }) => steps[place.step]);
      return (wanted && stepText(wanted)) === (ended && stepText(ended));
    }
    case 'log':
      return expected.steps[place.step]?.warned === observed.steps[place.step]?.warned;
    case 'violations':
      return extraViolation({ expected, observed }) === undefined;
    case 'leaks':
      return KINDS.every((kind) => expected.leaks[kind] === observed.leaks[kind]);
  }
}

const KINDS: readonly (keyof Leaks)[] = ['runtimes', 'engines', 'contexts', 'events', 'allocations'];

function callAt(
  { engines }: Outcome,
  { engine, call }: { engine: number; call: number },
): EngineCall | undefined {
  return engines[engine]?.calls[call];
}

function textOf(call: EngineCall | undefined): string | null {
  return call === undefined ? null : callText(call);
}

function enginesOf({ engines }: Outcome, step: number): number {
  return engines.filter((engine) => engine.step === step).length;
}

function extraViolation({ expected, observed }: Outcomes): Violation | undefined {
  return observed.violations.find((violation, at) => expected.violations[at] !== violation);
}

/** The clauses by which a part is as expected, and not as observed. */
function decisive(entry: TraceEntry, outcomes: Outcomes): readonly ClauseId[] {
  const { place, clauses, choice } = entry;
  switch (place.kind) {
    case 'violations': {
      const found = extraViolation(outcomes);
      return found === undefined ? clauses : [VIOLATION_CLAUSES[found]];
    }
    case 'call':
    case 'no-budget-call':
    case 'no-call':
    case 'end':
    case 'going-on':
      return callClauses(entry, place, outcomes);
    case 'source':
      return choice === null
        ? clauses
        : choiceClauses(choice, outcomes.observed.engines[place.engine]?.source ?? null);
    case 'program':
    case 'applied':
    case 'no-engine':
    case 'step':
    case 'log':
    case 'leaks':
      return clauses;
  }
}

/** The clause that says that no such call is made. */
const VIOLATION_CLAUSES: Readonly<Record<Violation, ClauseId>> = {
  'unknown-slot': 'WSB-LIFE-07',
  'use-after-destroy': 'WSB-LIFE-07',
  'set-with-context': 'WSB-APPLY-11',
  'destroy-engine-with-context': 'WSB-LIFE-06',
  'destroy-runtime-with-engine': 'WSB-LIFE-06',
  'plan-out-of-bounds': 'WSB-BLOB-03',
  'misaligned-plan': 'WSB-LIFE-08',
  'null-argument': 'WSB-LIFE-07',
  'device-left-changed': 'WSB-LIFE-13',
  'wrong-memory': 'WSB-DEV-02',
  'threads-differ': 'WSB-LIFE-18',
};
