import { STANDARD_RULES, rulesUnder, type Rules } from '../../reference/index.js';
import { knownErrors } from '../attribution/known-errors.js';
import { mergeFindings } from '../attribution/merge-findings.js';
import { CaseBlock, recordAt } from '../bulk/flat/case-block.js';
import { ruledOutcomes } from '../bulk/flat/ruled-outcome.js';
import type { BulkExecutor, BulkReport } from '../bulk/bulk-job.js';
import { ALL_CASES } from '../cases/all-cases.js';
import { arbitraryBlocks } from '../generators/arbitrary-blocks.js';
import { generatedBlocks } from '../generators/blocks.js';
import type { Finding } from '../model/finding.js';
import { policyOracles, referenceOracle } from '../oracle/oracle.js';
import { underPolicy } from '../oracle/under-policy.js';
import { run } from '../run/run.js';
import type { Section } from '../run/plan/section.js';
import { generatedSection } from '../run/plan/bulk-section.js';
import { referenceSubject } from '../subjects/reference-subject.js';
import { suiteRoot } from '../suite-root.js';

const oracles = policyOracles(() => null);
const oracle = oracles.fitting;
const errors = knownErrors(suiteRoot(), 'fitting');
const cases = ALL_CASES.map((one) => underPolicy({ case: one, expected: null }, { own: 'fitting', oracles }));

/** Cases that a subject is shown, by a word for them. */
export const SHOWN = ['written', 'generated', 'arbitrary', 'decisions'] as const;

/** How many cases of each kind that is generated, of `decisions` in blocks. */
export interface Counts {
  readonly generated: number;
  readonly arbitrary: number;
  readonly decisions: number;
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
  const decide = (record: Uint8Array): Uint8Array => ruledOutcomes('decision', record)(rules);
  const subject = { ...reference, decide };
  const sections: Readonly<Record<(typeof SHOWN)[number], Section>> = {
    written: { kind: 'fixed', name: 'written', cases },
    generated: {
      kind: 'generated',
      name: 'generated',
      count: counts.generated,
      blocks: () => generatedBlocks(1, counts.generated),
    },
    arbitrary: {
      kind: 'generated',
      name: 'arbitrary',
      count: counts.arbitrary,
      blocks: () => arbitraryBlocks(1, counts.arbitrary),
    },
    decisions: generatedSection('decision', 1),
  };
  const pool: BulkExecutor = {
    run: (jobs, onReport) => {
      for (const job of jobs) onReport(failedDecisions(decide, counts.decisions), job);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  const seen = await run(
    { subject, oracle },
    shown.map((kind) => sections[kind]),
    { pool },
  );
  return mergeFindings(seen, { errors, oracle, cases }).findings;
}

/** What a bulk of so many blocks of decisions tells. */
function failedDecisions(decide: (record: Uint8Array) => Uint8Array, blocks: number): BulkReport {
  const block = new CaseBlock();
  const mismatches: BulkReport['mismatches'][number][] = [];
  let count = 0;
  for (let seed = 1; seed <= blocks; seed++) {
    block.fill(seed, seed);
    count += block.count;
    for (let at = 0; at < block.count; at++) {
      const record = recordAt(block, at).slice();
      const right = ruledOutcomes('decision', record)(STANDARD_RULES);
      if (Buffer.compare(decide(record), right) !== 0) mismatches.push({ block: seed, record });
    }
  }
  return { cases: count, failed: mismatches.length, mismatches };
}
