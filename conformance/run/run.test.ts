import { describe, expect, it } from 'vitest';
import { BUDGET_KEY, WRONG_RULES } from '../../reference/index.js';
import type { Outcome } from '../../reference/outcome/outcome.js';
import { ALL_CASES } from '../cases/all-cases.js';
import { buildRequest } from '../model/build-request.js';
import { encodeDecision } from '../wire/encode-decision.js';
import { ENGINE_FLAGS, FLAG_DESERIALIZE_NULL, RECORD_HEADER } from '../wire/decision-format.js';
import { ByteWriter } from '../wire/byte-writer.js';
import { caseToJson } from '../wire/json/json-case.js';
import { loadRecordedPlans } from '../oracle/recorded.js';
import { loadSchemas } from '../spec/schemas.js';
import { policyOracles } from '../oracle/oracle.js';
import { recordedPlanLookup } from '../oracle/recorded-plans.js';
import { referenceSubject } from '../subjects/reference-subject.js';
import { suiteRoot } from '../suite-root.js';
import { filterOf } from '../model/filter.js';
import { planRun } from './plan/plan-run.js';
import { run } from './run.js';
import type { RunResult } from '../model/run-result.js';
import type { Section } from './plan/section.js';
import type { BulkExecutor } from '../bulk/bulk-job.js';

const root = suiteRoot();
const schemas = loadSchemas(root);
const recorded = recordedPlanLookup(loadRecordedPlans(root, schemas));
const oracles = policyOracles(recorded);
const oracle = oracles.fitting;
const reference = { subject: referenceSubject('reference', oracle, 'test'), oracle };
const noClamp = {
  subject: referenceSubject(
    'reference:no-clamp',
    policyOracles(recorded, WRONG_RULES['no-clamp']).fitting,
    'test',
  ),
  oracle,
};

function sections(query: string | null, generated: number, seed = 1): Section[] {
  const filter = query === null ? null : filterOf(query);
  return planRun({
    root,
    schemas,
    policies: { own: 'fitting', oracles },
    seed,
    cases: generated,
    decisions: 0,
    exhaustive: false,
    written: true,
    filter,
  }).filter(({ kind }) => kind !== 'bulk');
}

/** A result less its times. */
function timeless({ cases, findings, verdicts, sections: list }: RunResult): unknown {
  const shown = findings.map((finding) => ({ ...finding, case: caseToJson(finding.case) }));
  return {
    findings: shown,
    verdicts,
    cases: cases.map(({ verdict, finding, case: { id } }) => ({ id, verdict, finding })),
    sections: list.map((section) => ({ ...section, milliseconds: 0 })),
  };
}

describe('planRun', () => {
  it('has a section for each area, golden programs, recorded loads and both generators', () => {
    expect(sections(null, 1000).map(({ name }) => name)).toEqual([
      'parsing',
      'options',
      'precedence',
      'application',
      'engines',
      'methods',
      'failure',
      'lifecycle',
      'memory',
      'automatic',
      'blob',
      'program',
      'devices',
      'set-option',
      'golden',
      'recorded',
      'export',
      'generated',
      'arbitrary',
    ]);
  });

  it('leaves out what the filter does not choose', () => {
    expect(sections('generated', 1000).map(({ name }) => name)).toEqual(['generated', 'arbitrary']);
    expect(sections('WSB-PARSE-03/*', 1000).map(({ name }) => name)).toEqual(['parsing']);
    expect(sections('WSB-NOPE-*', 1000)).toEqual([]);
    expect(sections(null, 0).map(({ name }) => name)).not.toContain('generated');
  });
});

describe('run', () => {
  it('passes where the subject conforms', async () => {
    const result = await run(reference, sections('WSB-APPLY-*', 0));
    expect(result.verdicts.fail).toBe(0);
    expect(result.verdicts.pass).toBe(result.cases.length);
    expect(result.findings).toEqual([]);
  });

  it('groups what fails, golden programs with the cases that they were written from', async () => {
    const result = await run(noClamp, sections(null, 4800));
    expect(result.findings.map(({ clause }) => clause)).toEqual(['WSB-APPLY-01']);
    expect(result.findings[0]?.occurrences).toBe(result.verdicts.fail);
    expect(result.verdicts.fail).toBeGreaterThan(20);
    const failed = result.cases.filter(({ verdict }) => verdict === 'fail');
    expect(new Set(failed.map(({ finding }) => finding)).size).toBe(1);
  });

  it('gives the same result for the same seed', async () => {
    const [first, second, other] = [1, 1, 2].map(async (seed) =>
      timeless(await run(noClamp, sections('generated', 10_400, seed))),
    );
    expect(await first).toEqual(await second);
    expect(await first).not.toEqual(await other);
  });

  it('holds a case against its kept outcome', async () => {
    const [one] = ALL_CASES;
    if (one === undefined) throw new Error('no cases');
    const kept: Outcome = { ...oracle(buildRequest(one.request)), violations: ['use-after-destroy'] };
    const section: Section = { kind: 'fixed', name: 'golden', cases: [{ case: one, expected: kept }] };
    expect((await run(reference, [section])).verdicts.fail).toBe(1);
  });

  it('shows a decision that differs by a program whose engines load, though those of the case do not', async () => {
    const writer = new ByteWriter();
    encodeDecision(writer, {
      options: [],
      engines: [
        {
          streamable: 1024n,
          automatic: 512n,
          setAnswers: [true],
          specs: [{ key: BUDGET_KEY, value: new TextEncoder().encode('5000') }],
        },
      ],
    });
    const record = writer.take();
    record[RECORD_HEADER + ENGINE_FLAGS] = FLAG_DESERIALIZE_NULL;
    const report = { cases: 1, failed: 1, mismatches: [{ block: 0, record }] };
    const pool: BulkExecutor = {
      run: (jobs, onReport) => {
        for (const job of jobs) onReport(report, job);
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    };
    const section: Section = {
      kind: 'bulk',
      name: 'decisions',
      count: 1,
      bulkKind: 'decision',
      firstBlock: 0,
      blocks: 1,
    };
    const { findings } = await run(noClamp, [section], { pool });
    expect(findings.map(({ clause, occurrences }) => [clause, occurrences])).toEqual([['WSB-APPLY-01', 1]]);
    const calls = findings[0]?.observed.engines.flatMap((engine) => engine.calls.map(({ call }) => call));
    expect(calls).toEqual(['deserializeCudaEngine', 'setWeightStreamingBudgetV2', 'createExecutionContext']);
  });

  it('tells how far it is', async () => {
    const told: [string, number][] = [];
    await run(reference, sections('generated', 1000), {
      onProgress: (section, done) => told.push([section.name, done]),
    });
    const last = new Map(told);
    expect(told.at(0)).toEqual(['generated', 0]);
    expect([...last.keys()]).toEqual(['generated', 'arbitrary']);
    expect([...last.values()].reduce((sum, done) => sum + done)).toBe(135);
  });
});
