import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WRONG_RULES } from '../../reference/index.js';
import { loadRecordedPlans } from '../oracle/recorded.js';
import { caseToJson } from '../wire/json/json-case.js';
import { filterOf } from '../model/filter.js';
import { planDigest } from '../run/plan/plan-digest.js';
import { planRun } from '../run/plan/plan-run.js';
import { run } from '../run/run.js';
import type { DeviceCheckResult } from '../model/device-check.js';
import type { RunResult } from '../model/run-result.js';
import type { Section } from '../run/plan/section.js';
import { loadSchemas } from '../spec/schemas.js';
import { policyOracles } from '../oracle/oracle.js';
import { recordedPlanLookup } from '../oracle/recorded-plans.js';
import { referenceSubject } from '../subjects/reference-subject.js';
import { suiteRoot } from '../suite-root.js';
import { BulkThreads } from '../bulk/bulk-threads.js';
import { packageOf } from '../package-of.js';
import { headerOf } from '../run/header.js';
import { JsonlReporter } from './jsonl-reporter.js';
import { readReport, type UnfinishedReport } from './read-report.js';
import { setAside } from './report-folder.js';

/*
 * A run is cut short at every kind of place in its report, and continued from there: it has to come
 * to what the whole run came to.
 */

const SEED = 5;
const root = suiteRoot();
const schemas = loadSchemas(root);
const lookup = recordedPlanLookup(loadRecordedPlans(root, schemas));
const oracles = policyOracles(lookup);
const oracle = oracles.fitting;
const subject = referenceSubject(
  'reference:no-clamp',
  policyOracles(lookup, WRONG_RULES['no-clamp']).fitting,
  'test',
);
const folder = mkdtempSync(join(tmpdir(), 'read-report-'));
const file = join(folder, 'report.jsonl');
const options = {
  cases: 1500,
  decisions: 0,
  depth: 'both',
  exhaustive: false,
  time: null,
  backendId: null,
  policy: null,
  profile: null,
  require: [],
} as const;

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function plan(): Section[] {
  const filter = filterOf('*');
  const written = planRun({
    root,
    schemas,
    policies: { own: 'fitting', oracles },
    seed: SEED,
    cases: options.cases,
    decisions: 0,
    exhaustive: false,
    written: true,
    filter,
  });
  const kept = written.filter(({ name }) => !['memory', 'program', 'golden', 'recorded'].includes(name));
  return [...kept, { kind: 'checks', name: 'device', make: () => Promise.resolve(CHECKS) }];
}

const CHECKS: readonly DeviceCheckResult[] = [
  { name: 'loads', clause: 'WSB-LIFE-11', verdict: 'pass', message: 'seen', observed: [{ alive: '0' }] },
  { name: 'tight', clause: null, verdict: 'recorded', message: 'seen', observed: [] },
];

async function runWith(earlier: UnfinishedReport | null): Promise<RunResult> {
  const pool = new BulkThreads(subject, { subject: '', root, version: '', seed: SEED }, 1);
  const reporter = new JsonlReporter({ folder, earlier, replay: () => 'replay it' });
  reporter.begin(header);
  const onStep = reporter.step.bind(reporter);
  const result = await run({ subject, oracle }, plan(), { onStep, kept: earlier?.steps ?? [], pool });
  reporter.close();
  return result;
}

/** A result less its times. */
function timeless({ cases, findings, verdicts, sections, checks }: RunResult): unknown {
  return {
    verdicts,
    checks,
    findings: findings.map((finding) => ({ ...finding, case: caseToJson(finding.case) })),
    cases: cases.map(({ case: { id, clauses, kind }, ...rest }) => ({ id, clauses, kind, ...rest })),
    sections: sections.map((section) => ({ ...section, milliseconds: 0 })),
  };
}

const header = headerOf(packageOf(root), subject, {
  seed: SEED,
  generated: options.cases,
  decisions: 0,
  filter: null,
  profile: 'delegate',
  options,
  plan: planDigest(plan()),
});

describe('a report that is under way', () => {
  let whole: unknown;
  let text: string;

  beforeAll(async () => {
    whole = timeless(await runWith(null));
    text = readFileSync(file, 'utf8');
  }, 60_000);

  it('keeps to its schema, line by line, and counts every case', () => {
    const lines = text.split('\n').slice(0, -1);
    for (const line of lines) expect(schemas.faults('report', JSON.parse(line))).toEqual([]);
    const report = readReport(folder, root, schemas);
    if (report.kind !== 'unfinished') throw new Error(report.kind);
    expect(report.lines).toEqual(lines);
    const counted = report.steps.reduce((sum, { cases }) => sum + cases, 0);
    expect(counted).toBeGreaterThan(options.cases);
  });

  it.each([0, 0.1, 0.35, 0.6, 0.8, 0.9, 0.97, 0.999, 1])(
    'cut at %d of its length, is continued to the same end',
    async (share) => {
      writeFileSync(file, text.slice(0, Math.max(text.indexOf('\n') + 1, Math.round(text.length * share))));
      const report = readReport(folder, root, schemas);
      if (report.kind !== 'unfinished') throw new Error(report.kind);
      expect(timeless(await runWith(report))).toEqual(whole);
    },
    30_000,
  );

  it('counts nothing of a step whose last line is torn', () => {
    const end = text.lastIndexOf('{"record":"counted"');
    for (const cut of [end, end + 1, text.length - 1]) {
      writeFileSync(file, text.slice(0, cut));
      const report = readReport(folder, root, schemas);
      if (report.kind !== 'unfinished') throw new Error(report.kind);
      expect(report.lines.at(-1)).toMatch(/^\{"record":"(?:counted|header)"/);
      expect(text.startsWith(`${report.lines.join('\n')}\n`)).toBe(true);
    }
  });

  it('is none before its header is whole, and damaged when a whole line is no record', () => {
    writeFileSync(file, text.slice(0, 40));
    expect(readReport(folder, root, schemas)).toEqual({ kind: 'none' });
    writeFileSync(file, text.replace('"record":"case"', '"record":"cas"'));
    expect(readReport(folder, root, schemas)).toMatchObject({ kind: 'damaged' });
    writeFileSync(file, `${text}{"record":"footer","of":"another version"}\n`);
    expect(readReport(folder, root, schemas)).toEqual({ kind: 'finished' });
  });

  it('is moved aside under a name of its own', () => {
    const aside = [1, 2].map(() => {
      writeFileSync(file, text);
      return setAside(folder, 'incomplete', '2026-11-22T18:00:00.000Z');
    });
    expect(aside[0]).toMatch(/incomplete-20261122T180000000Z$/);
    expect(new Set(aside).size).toBe(2);
    for (const place of aside) expect(readFileSync(join(place, 'report.jsonl'), 'utf8')).toBe(text);
  });

  it('is moved on to where a process that was killed had moved a part of it', () => {
    writeFileSync(file, text);
    const time = '2026-11-23T18:00:00.000Z';
    const begun = join(folder, 'incomplete-20261123T180000000Z');
    mkdirSync(join(begun, 'findings'), { recursive: true });
    expect(setAside(folder, 'incomplete', time)).toBe(begun);
    expect(readdirSync(begun).sort()).toEqual(['findings', 'report.jsonl']);
  });
});
