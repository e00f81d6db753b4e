import { addVerdicts, noVerdicts, type Verdict } from '../model/verdict.js';
import type { CaseResult, RunResult, SectionResult } from '../model/run-result.js';
import type { ExpectedFailure } from './expected-failure.js';
import { isNamed } from './is-named.js';
import type { KnownFailures } from './known-failures.js';

/** An entry that no longer says what is. */
export interface StaleEntry {
  readonly entry: ExpectedFailure;
  readonly why: 'passes' | 'matches-nothing' | 'expired';
  /** Those of its cases that hold no more; empty: the whole entry. */
  readonly cases: readonly string[];
}

/** A run, and the entries about its subject that no longer hold. */
export interface ExpectedResult {
  readonly result: RunResult;
  readonly stale: readonly StaleEntry[];
}

/**
 * Holds the entries about a subject against a run of it: gives the verdict `unexpected-pass` to
 * written cases that an entry names and that pass, and tells which entries are to be mended.
 *
 * @param known the entries that the run met
 * @param today such as 2026-11-22
 * @param covers whether the run had what shows an entry; if not, it is no fault that nothing
 * matches it
 */
export function staleEntries(
  result: RunResult,
  entries: readonly ExpectedFailure[],
  known: Pick<KnownFailures, 'met'>,
  today: string,
  covers: (entry: ExpectedFailure) => boolean,
): ExpectedResult {
  const passing = new Set<CaseResult>();
  const stale = entries.flatMap((entry): StaleEntry[] => {
    if (entry.until < today) return [{ entry, why: 'expired', cases: [] }];
    const unmet = partsOf(entry).filter(({ query }) => !known.met(entry, query));
    const gone = unmet.filter(({ names }) => {
      const named = result.cases.filter(names);
      const isGone = named.length > 0 && named.every(({ verdict }) => verdict === 'pass');
      if (isGone) for (const one of named) passing.add(one);
      return isGone;
    });
    if (gone.length > 0) return [staleEntry(entry, 'passes', gone)];
    const missing = unmet.filter(
      // Cases that an entry names and that fail in another way are told already.
      ({ names }) =>
        covers(entry) && !('cases' in entry && result.cases.some((one) => names(one) && failsOtherwise(one))),
    );
    return missing.length > 0 ? [staleEntry(entry, 'matches-nothing', missing)] : [];
  });
  return { result: withUnexpected(result, passing), stale };
}

/** The entries that are left when those that are stale are mended: without what holds no more. */
export function mendedEntries(
  entries: readonly ExpectedFailure[],
  stale: readonly StaleEntry[],
): readonly ExpectedFailure[] {
  return entries.flatMap((entry) => {
    const found = stale.find((each) => each.entry === entry);
    if (found === undefined) return [entry];
    if (found.cases.length === 0 || !('cases' in entry)) return [];
    return [{ ...entry, cases: entry.cases.filter((query) => !found.cases.includes(query)) }];
  });
}

/** A part of an entry: what is met or not, and the written cases that tell whether it passes. */
interface Part {
  readonly query: string;
  readonly names: (one: CaseResult) => boolean;
}

function partsOf(entry: ExpectedFailure): readonly Part[] {
  if ('cases' in entry)
    return entry.cases.map((query) => ({ query, names: (one) => isNamed(query, one.case.id) }));
  if ('differences' in entry) return [{ query: '', names: () => false }];
  return [{ query: '', names: (one) => one.case.clauses[0] === entry.clause }];
}

/** Whether a case fails in a way that no entry expects: the run says so already. */
function failsOtherwise({ verdict }: CaseResult): boolean {
  return verdict !== 'pass' && verdict !== 'expected-fail';
}

function staleEntry(entry: ExpectedFailure, why: StaleEntry['why'], parts: readonly Part[]): StaleEntry {
  const isWhole = !('cases' in entry) || parts.length === entry.cases.length;
  return { entry, why, cases: isWhole ? [] : parts.map(({ query }) => query) };
}

function withUnexpected(result: RunResult, passing: ReadonlySet<CaseResult>): RunResult {
  if (passing.size === 0) return result;
  const sections = result.sections.map((section) => recount(section, passing));
  return {
    ...result,
    cases: result.cases.map((one) =>
      passing.has(one) ? { ...one, verdict: 'unexpected-pass' satisfies Verdict } : one,
    ),
    sections,
    verdicts: sections.map(({ verdicts }) => verdicts).reduce(addVerdicts, noVerdicts()),
  };
}

function recount(section: SectionResult, passing: ReadonlySet<CaseResult>): SectionResult {
  const count = [...passing].filter((one) => one.section === section.name).length;
  const { pass, 'unexpected-pass': unexpected } = section.verdicts;
  return {
    ...section,
    verdicts: { ...section.verdicts, pass: pass - count, 'unexpected-pass': unexpected + count },
  };
}

const HINT = '--update-expectations removes what is marked';

const WHY = {
  passes: 'every case that it names passes',
  'matches-nothing': 'no failure matches it, by its message too',
  expired: 'its last day has passed',
} as const;

const WHY_CASES = {
  passes: 'these of its cases pass',
  'matches-nothing': 'there are no such cases',
  expired: 'its last day has passed',
} as const;

/**
 * What is to be done about entries that no longer say what is; empty when there are none.
 *
 * @param file where the entries are
 * @param mended whether it was done, and the file is as told
 */
export function staleText(file: string, stale: readonly StaleEntry[], mended = false): string {
  if (stale.length === 0) return '';
  const how = mended ? 'no longer held; what is marked was removed' : `no longer holds (${HINT})`;
  return `${file} ${how}:\n` + `${stale.map(editText).join('')}\n`;
}

function editText({ entry, why, cases }: StaleEntry): string {
  if (cases.length === 0) {
    return `${entry.clause}: ${WHY[why]}. Remove it:\n${marked(JSON.stringify(entry, null, 2))}`;
  }
  const lines = cases.map((query) => marked(JSON.stringify(query))).join('');
  return `${entry.clause}: ${WHY_CASES[why]}. Remove them:\n${lines}`;
}

function marked(text: string): string {
  return `-     ${text.replaceAll('\n', '\n-     ')}\n`;
}
