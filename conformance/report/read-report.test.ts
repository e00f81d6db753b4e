import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WRONG_RULES } from '../../reference/index.js';
import { loadRecordedPlans } from '../oracle/recorded.js';
import { caseToJson } from '../wire/json/json-case.js';
import { filterOf } from '../model/filter.js';
import { planDigest } from '../run/plan-digest.js';
import { planRun } from '../run/plan-run.js';
import { run } from '../run/run.js';
import type { RunResult } from '../model/run-result.js';
import type { Section } from '../run/section.js';
import { loadSchemas } from '../spec/schemas.js';
import { policyOracles } from '../oracle/oracle.js';
import { recordedPlanLookup } from '../oracle/recorded-plans.js';
import { referenceSubject } from '../subjects/reference-subject.js';
import { suiteRoot } from '../suite-root.js';
import { BulkThreads } from '../bulk/bulk-threads.js';
import { headerOf, packageOf } from './header.js';
import { beginReport, countedCases, reopenReport, setAside } from './open-report.js';
import { readReport } from './read-report.js';
import { ReportJournal } from './report-journal.js';

/*
 * A run is cut short at every kind of place in its report, and continued from there: it has to come to what the whole run came to.
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
    volume: true,
    written: true,
    filter,
  });
  return written.filter(({ name }) => !['memory', 'program', 'golden', 'recorded'].includes(name));
}

async function runWith(journal: ReportJournal): Promise<RunResult> {
  const pool = new BulkThreads(subject, { subject: '', root, version: '', seed: SEED }, 1);
  const result = await run({ subject, oracle }, plan(), { journal, pool });
  journal.close();
  return result;
}

/** A result less its times. */
function timeless({ cases, findings, verdicts, sections }: RunResult): unknown {
  return {
    verdicts,
    findings: findings.map((finding) => ({ ...finding, case: caseToJson(finding.case) })),
    cases: cases.map(({ case: { id, clauses, kind }, ...rest }) => ({ id, clauses, kind, ...rest })),
    sections: sections.map((section) => ({ ...section, milliseconds: 0 })),
  };
}

const replay = (): string => 'replay it';

describe('a report that is under way', () => {
  let whole: unknown;
  let text: string;

  beforeAll(async () => {
    const header = headerOf(packageOf(root), subject, {
      seed: SEED,
      generated: options.cases,
      decisions: 0,
      filter: null,
      options,
      plan: planDigest(plan()),
    });
    whole = timeless(await runWith(new ReportJournal(beginReport(folder, header), [], replay)));
    text = readFileSync(file, 'utf8');
  }, 60_000);

  it('keeps to its schema, line by line, and counts every case', () => {
    const lines = text.split('\n').slice(0, -1);
    for (const line of lines) expect(schemas.faults('report', JSON.parse(line))).toEqual([]);
    const report = readReport(folder, root, schemas);
    if (report.kind !== 'unfinished') throw new Error(report.kind);
    expect(report.lines).toEqual(lines);
    expect(countedCases(report.steps)).toBeGreaterThan(options.cases);
  });

  it.each([0, 0.1, 0.35, 0.6, 0.8, 0.9, 0.97, 0.999, 1])(
    'cut at %d of its length, is continued to the same end',
    async (share) => {
      writeFileSync(file, text.slice(0, Math.max(text.indexOf('\n') + 1, Math.round(text.length * share))));
      const report = readReport(folder, root, schemas);
      if (report.kind !== 'unfinished') throw new Error(report.kind);
      const journal = new ReportJournal(reopenReport(folder, report.lines), report.steps, replay);
      expect(timeless(await runWith(journal))).toEqual(whole);
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
});
