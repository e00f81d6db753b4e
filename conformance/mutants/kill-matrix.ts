import { STANDARD_RULES, UndefinedBehaviourError, type Policy, type Rules } from '../../reference/index.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import { CaseBlock, recordAt } from '../bulk/flat/case-block.js';
import { ruledOutcomes } from '../bulk/flat/ruled-outcome.js';
import { ALL_CASES } from '../cases/all-cases.js';
import type { WrongImplementation } from '../catalogue/catalogue.js';
import { buildRequest } from '../model/build-request.js';
import { type Oracle, policyOracles, referenceOracle } from '../oracle/oracle.js';
import { dimensionCases } from '../generators/dimensions/dimensions.js';
import { ByteWriter } from '../wire/byte-writer.js';
import { encodeDecision } from '../wire/encode-decision.js';
import { encodedOutcome } from '../wire/encode-outcome.js';
import { encodedRequest } from '../wire/encode-request.js';

/** Seeds of the generated decisions, and how many each draws at most. */
export const SEEDS = 20;
export const MOST_DECISIONS = 16_384;

/** The file of the matrix, relative to the folder of the suite. */
export const KILL_MATRIX_FILE = 'golden/kill-matrix.json';

/** The text of {@link KILL_MATRIX_FILE}. */
export function killMatrixText(kills: readonly Kill[]): string {
  return `${JSON.stringify({ format: 1, cases: ALL_CASES.length, seeds: SEEDS, kills }, null, 2)}\n`;
}

/** What finds a wrong implementation. */
export interface Kill {
  readonly name: string;
  /** The clause that it breaks. */
  readonly clause: ClauseId;
  /** Of the written cases. */
  readonly written: {
    /** The first that names the clause, or one that is as right; null when none does. */
    readonly case: string | null;
    /** How many cases it takes in their order to the first of any clause; null when none does. */
    readonly after: number | null;
    /** Bytes of the smallest request. */
    readonly bytes: number | null;
    /** How many cases of each clause fail. */
    readonly clauses: Readonly<Record<ClauseId, number>>;
  };
  /** How many cases of the classes it takes, as decisions; null when none shows it. */
  readonly classes: number | null;
  /** How many generated decisions it takes; null when the error does not show in all seeds. */
  readonly decisions: { readonly median: number; readonly worst: number } | null;
}

/** The rules of an error, as the catalogue gives them. */
export type WrongRules = WrongImplementation & { readonly rules: Rules };

/** Whether an entry of the catalogue has rules. */
export function hasRules(wrong: WrongImplementation): wrong is WrongRules {
  return wrong.rules !== undefined;
}

/** What finds each of the errors, in the order of the catalogue. */
export function killMatrix(errors: readonly WrongRules[]): readonly Kill[] {
  return errors.map((wrong) => ({
    name: wrong.name,
    clause: wrong.clause,
    written: writtenKill(wrong),
    classes: classKill(wrong.rules),
    decisions: decisionKill(wrong.rules),
  }));
}

const CASES = ALL_CASES.map((one) => ({ ...one, request: buildRequest(one.request) }));

/** The outcomes that are expected of all written cases; null where none is defined. */
const EXPECTED = new Map<Policy, readonly (Buffer | null)[]>();

function expectedUnder(policy: Policy): readonly (Buffer | null)[] {
  const known = EXPECTED.get(policy);
  if (known !== undefined) return known;
  const oracle = policyOracles(() => null)[policy];
  const expected = CASES.map(({ request }) => outcomeOf(oracle, request));
  EXPECTED.set(policy, expected);
  return expected;
}

function outcomeOf(oracle: Oracle, request: (typeof CASES)[number]['request']): Buffer | null {
  try {
    return Buffer.from(encodedOutcome(oracle(request)));
  } catch (error) {
    if (error instanceof UndefinedBehaviourError) return null;
    throw error;
  }
}

function writtenKill({ clause, also = [], policy = 'upstream', rules }: WrongRules): Kill['written'] {
  const oracle = referenceOracle(() => null, rules);
  const expected = expectedUnder(policy);
  const killing = CASES.flatMap((one, at) => {
    const right = expected[at] ?? null;
    const observed = right === null ? null : outcomeOf(oracle, one.request);
    return right === null || observed === null || right.equals(observed) ? [] : [{ at, one }];
  });
  const own = killing.find(({ one }) => [clause, ...also].some((id) => one.clauses.includes(id)));
  const counts = new Map<ClauseId, number>();
  for (const id of killing.flatMap(({ one }) => one.clauses)) counts.set(id, (counts.get(id) ?? 0) + 1);
  const [first] = killing;
  return {
    case: own?.one.id ?? null,
    after: first === undefined ? null : first.at + 1,
    bytes:
      first === undefined ? null : Math.min(...killing.map(({ one }) => encodedRequest(one.request).length)),
    clauses: Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** A case of the classes, and the outcome expected. */
interface ClassCase {
  readonly outcome: (rules: Rules) => Uint8Array;
  readonly right: Uint8Array;
}

/** Null until they are asked for: there are tens of thousands. */
let classCases: readonly ClassCase[] | null = null;

function allClassCases(): readonly ClassCase[] {
  classCases ??= dimensionCases().map((make) => {
    const writer = new ByteWriter();
    encodeDecision(writer, make());
    const outcome = ruledOutcomes('decision', writer.take());
    return { outcome, right: outcome(STANDARD_RULES) };
  });
  return classCases;
}

function classKill(rules: Rules): number | null {
  const at = allClassCases().findIndex(({ outcome, right }) => Buffer.compare(right, outcome(rules)) !== 0);
  return at < 0 ? null : at + 1;
}

function decisionKill(rules: Rules): Kill['decisions'] {
  const counts: number[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) {
    const count = decisionsUntilKill(rules, seed);
    if (count === null) return null;
    counts.push(count);
  }
  counts.sort((a, b) => a - b);
  return { median: counts[SEEDS / 2] ?? 0, worst: counts.at(-1) ?? 0 };
}

function decisionsUntilKill(rules: Rules, seed: number): number | null {
  const block = new CaseBlock();
  let seen = 0;
  for (let index = 0; seen < MOST_DECISIONS; index++) {
    block.fill(seed * 0x1_0000 + index, index);
    for (let at = 0; at < block.count; at++) {
      seen++;
      const outcome = ruledOutcomes('decision', recordAt(block, at));
      if (Buffer.compare(outcome(STANDARD_RULES), outcome(rules)) !== 0) return seen;
    }
  }
  return null;
}
