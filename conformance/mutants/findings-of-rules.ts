import { rulesUnder, type Rules } from '../../reference/index.js';
import { knownErrors } from '../attribution/known-errors.js';
import { mergeFindings } from '../attribution/merge-findings.js';
import { ruledOutcomes } from '../bulk/flat/ruled-outcome.js';
import { type BulkExecutor, type BulkReport, isFixedKind } from '../bulk/bulk-job.js';
import { BulkRunner } from '../bulk/bulk-runner.js';
import { ALL_CASES } from '../cases/all-cases.js';
import { arbitraryBlocks } from '../generators/arbitrary-blocks.js';
import { generatedBlocks } from '../generators/blocks.js';
import type { Finding } from '../model/finding.js';
import { policyOracles, referenceOracle } from '../oracle/oracle.js';
import { underPolicy } from '../oracle/under-policy.js';
import { run } from '../run/run.js';
import type { Section } from '../run/plan/section.js';
import { classSection, generatedSection } from '../run/plan/bulk-section.js';
import { referenceSubject } from '../subjects/reference-subject.js';
import { suiteRoot } from '../suite-root.js';

const oracles = policyOracles(() => null);
const oracle = oracles.fitting;
const errors = knownErrors(suiteRoot(), 'fitting');
const cases = ALL_CASES.map((one) => underPolicy({ case: one, expected: null }, { own: 'fitting', oracles }));

/** Cases that a subject is shown, by a word for them. */
export const SHOWN = ['written', 'generated', 'arbitrary', 'classes', 'decisions'] as const;

/** How many cases of each kind that is generated. */
export interface Counts {
  readonly generated: number;
  readonly arbitrary: number;
  readonly decisions: number;
  /** Seed of what is drawn; 1 where it is left out. */
  readonly seed?: number;
  /** Failures of a section that are looked at one by one, beside the first of every clause. */
  readonly look?: number;
}

/** What is found on a delegate with those rules, under the fitting policy. */
export async function findingsOfRules(
  wrong: Rules,
  shown: readonly (typeof SHOWN)[number][],
  counts: Counts,
): Promise<readonly Finding[]> {
  const rules = rulesUnder('fitting', wrong);
  const reference = referenceSubject(
    'wrong',
    referenceOracle(() => null, rules),
    'test',
    'fitting',
  );
  const decide = (records: Uint8Array): Uint8Array =>
    Buffer.concat(recordsIn(records).map((record) => ruledOutcomes('decision', record)(rules)));
  const subject = { ...reference, decide };
  const { generated, arbitrary, decisions, seed = 1, look = LOOK } = counts;
  const sections: Readonly<Record<(typeof SHOWN)[number], Section>> = {
    written: { kind: 'fixed', name: 'written', cases },
    generated: {
      kind: 'generated',
      name: 'generated',
      count: generated,
      blocks: () => generatedBlocks(seed, generated),
    },
    arbitrary: {
      kind: 'generated',
      name: 'arbitrary',
      count: arbitrary,
      blocks: () => arbitraryBlocks(seed, arbitrary),
    },
    classes: classSection('decision', Infinity),
    decisions: generatedSection('decision', decisions),
  };
  const runner = new BulkRunner(subject, seed);
  const fixed = fixedReports(wrong);
  const pool: BulkExecutor = {
    run: (jobs, onReport) => {
      for (const job of jobs) {
        const key = `${job.kind} ${job.first} ${job.count}`;
        const report = fixed.get(key) ?? runner.run(job);
        if (isFixedKind(job.kind)) fixed.set(key, report);
        onReport(report, job);
      }
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  const seen = await run(
    { subject, oracle },
    shown.map((kind) => sections[kind]),
    { pool, look },
  );
  return mergeFindings(seen, { errors, oracle, cases }).findings;
}

/** How many are looked at where nothing else is said. */
const LOOK = 64;

/** What came of cases that are the same for every seed, by the rules that they were run on. */
const REPORTS = new WeakMap<Rules, Map<string, BulkReport>>();

function fixedReports(rules: Rules): Map<string, BulkReport> {
  const reports = REPORTS.get(rules) ?? new Map<string, BulkReport>();
  REPORTS.set(rules, reports);
  return reports;
}

/** Decision records one by one. */
function recordsIn(records: Uint8Array): readonly Uint8Array[] {
  const view = new DataView(records.buffer, records.byteOffset, records.length);
  const each: Uint8Array[] = [];
  for (let at = 0; at < records.length;) {
    const end = at + view.getUint16(at, true);
    each.push(records.slice(at, end));
    at = end;
  }
  return each;
}
