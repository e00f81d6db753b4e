import { describe, expect, it } from 'vitest';
import { KEPT_MISMATCHES } from '../../bulk/bulk-job.js';
import { BulkRunner } from '../../bulk/bulk-runner.js';
import { BulkThreads } from '../../bulk/bulk-threads.js';
import { FlatModel } from '../../bulk/flat/flat-model.js';
import { referenceOracle } from '../../oracle/oracle.js';
import type { InProcessSubject } from '../../subjects/subject.js';
import { loadClauses } from '../../spec/load-clauses.js';
import { referenceSubject } from '../../subjects/reference-subject.js';
import { suiteRoot } from '../../suite-root.js';
import { FLAG_WARNED, OUTCOME_ENGINE, OUTCOME_HEADER, SOURCE_OPTION } from '../../wire/decision-format.js';
import { memoryOf, newMemory } from '../../wire/memory.js';
import { generatedSection } from '../plan/bulk-section.js';
import { conclude } from '../conclusion.js';
import { run } from '../run.js';

const root = suiteRoot();
const oracle = referenceOracle(() => null);

/**
 * Decides rightly, but for what `spoil` changes in the outcome of each engine, which it is given.
 */
function deciding(spoil: (engine: Uint8Array) => void): InProcessSubject {
  const model = new FlatModel('decision');
  const outcomes = newMemory(1 << 20);
  const subject = referenceSubject('reference', oracle, 'test');
  return {
    ...subject,
    capabilities: { ...subject.capabilities, decision: true },
    decide: (records) => {
      const end = model.decideBlock(memoryOf(records), records.length, outcomes);
      const answer = outcomes.bytes.slice(0, end);
      for (let at = 0; at < end;) {
        const engines = answer[at + 1] ?? 0;
        at += OUTCOME_HEADER;
        for (let engine = 0; engine < engines; engine++, at += OUTCOME_ENGINE) {
          spoil(answer.subarray(at, at + OUTCOME_ENGINE));
        }
      }
      return answer;
    },
  };
}

/** A run of so many decisions, of which few are looked at. */
async function decided(subject: InProcessSubject, cases: number) {
  const pool = new BulkThreads(subject, { subject: 'none', root, version: 'test', seed: 1 }, 1);
  return run({ subject, oracle }, [generatedSection('decision', cases)], { pool, look: 8 });
}

const sum = (counts: readonly { readonly occurrences: number }[]): number =>
  counts.reduce((total, { occurrences }) => total + occurrences, 0);

describe('a subject that fails always', () => {
  const CASES = 8192;

  it('has every failure counted, under clauses of which none is lost, and few kept', async () => {
    const subject = deciding((engine) => {
      // Budgets of options are logged, and all others are told to come from elsewhere.
      if (engine[0] === SOURCE_OPTION) engine[1] = (engine[1] ?? 0) ^ FLAG_WARNED;
      else engine[0] = ((engine[0] ?? 0) + 2) % 4;
    });
    const { verdicts, findings } = await decided(subject, CASES);
    expect(verdicts.fail).toBe(CASES);
    expect(sum(findings)).toBe(CASES);
    const {
      failed,
      mismatches,
      broken = {},
    } = new BulkRunner(subject, 1).run({
      ...({ kind: 'decision', first: 0, count: CASES / 256 } as const),
    });
    const counts = Object.values(broken as Readonly<Record<string, number>>);
    expect(failed).toBe(CASES);
    expect(counts.reduce((total, count) => total + count, 0)).toBe(CASES);
    expect(new Set(mismatches.map(({ clause }) => clause)).size).toBe(counts.length);
    expect(mismatches.length).toBeLessThanOrEqual(KEPT_MISMATCHES + counts.length);
  }, 60_000);

  it.each([256, CASES])(
    'by its log alone, conforms at %i cases as at any number',
    async (cases) => {
      const subject = deciding((engine) => {
        engine[1] = (engine[1] ?? 0) ^ FLAG_WARNED;
      });
      const result = await decided(subject, cases);
      expect(result.verdicts.fail).toBe(cases);
      const conclusion = conclude({ ...result, clauses: loadClauses(root), demonstration: null });
      expect(conclusion).toMatchObject({ broken: [], failed: 0, outcome: 'kept' });
    },
    60_000,
  );
});
