import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { WRONG_RULES } from '../../reference/index.js';
import { addVerdicts, noVerdicts } from '../model/verdict.js';
import { filterOf } from '../model/filter.js';
import { planRun } from '../run/plan/plan-run.js';
import { run } from '../run/run.js';
import { conclude } from '../run/conclusion.js';
import type { EndedRun } from '../run/reporter.js';
import { NO_HOSTILE } from '../run/run-hostile.js';
import type { StaleEntry } from '../expectations/stale-entries.js';
import type { RunResult, SectionResult } from '../model/run-result.js';
import { demonstrate } from '../coverage/demonstration.js';
import { type Requirement, requirementOf } from '../coverage/requirement.js';
import { loadProfiles } from '../spec/profiles.js';
import { loadClauses } from '../spec/load-clauses.js';
import { loadRecordedPlans } from '../oracle/recorded.js';
import { loadExpectations } from '../expectations/expectations.js';
import { loadSchemas } from '../spec/schemas.js';
import { policyOracles } from '../oracle/oracle.js';
import { recordedPlanLookup } from '../oracle/recorded-plans.js';
import { referenceSubject } from '../subjects/reference-subject.js';
import { suiteRoot } from '../suite-root.js';
import { brokenLink } from './line-chain.js';
import { findingText } from './finding-text.js';
import { packageOf } from '../package-of.js';
import { headerOf } from '../run/header.js';
import { reportLines } from './report-lines.js';
import { countText } from '../model/count-text.js';
import { resultTable, timeText } from './table.js';
import { ConsoleReporter } from './console-reporter.js';
import { JsonlReporter } from './jsonl-reporter.js';
import { findingFile } from './report-folder.js';
import { unfolded } from '../testing/unfolded.js';

const root = suiteRoot();
const schemas = loadSchemas(root);
const recorded = recordedPlanLookup(loadRecordedPlans(root, schemas));
const oracles = policyOracles(recorded);
const oracle = oracles.fitting;
const folder = mkdtempSync(join(tmpdir(), 'report-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function resultOf(variant: string | null, query: string, generated: number): Promise<RunResult> {
  const rules = variant === null ? undefined : WRONG_RULES[variant];
  const subject = referenceSubject('reference', policyOracles(recorded, rules).fitting, 'test', 'fitting');
  const filter = filterOf(query);
  return run(
    { subject, oracle },
    planRun({
      root,
      schemas,
      policies: { own: 'fitting', oracles },
      seed: 1,
      cases: generated,
      decisions: 0,
      exhaustive: false,
      written: true,
      filter,
    }).filter(({ kind }) => kind !== 'bulk'),
  );
}

const header = headerOf(packageOf(root), referenceSubject('reference', oracle, 'test', 'fitting'), {
  seed: 1,
  generated: 500,
  decisions: 0,
  filter: null,
  profile: 'delegate',
  options: {
    cases: 500,
    decisions: 0,
    depth: 'both',
    exhaustive: false,
    time: null,
    backendId: null,
    policy: null,
    profile: null,
    require: [],
  },
  plan: '0'.repeat(64),
});

const clauses = loadClauses(root);
/** MUST clauses of the profile of a delegate. */
const MUST = clauses.filter(({ level, judgedBy }) => level === 'MUST' && judgedBy === 'outcome').length;
const replay = (): string => 'replay it';

const requirement = (query: string | null): Requirement =>
  requirementOf({
    ...{ clauses, profiles: loadProfiles(root, schemas), profile: 'delegate', require: [] },
    filter: query === null ? null : filterOf(query),
  });

function endedWith(
  result: RunResult,
  query: string | null = null,
  stale: readonly StaleEntry[] = [],
): EndedRun {
  const demonstration = demonstrate(requirement(query), clauses, result.cases, loadProfiles(root, schemas));
  const conclusion = conclude({ ...result, clauses, demonstration, stale: stale.length });
  return { header, result, conclusion, coverage: null, hostile: NO_HOSTILE, stale };
}

/** What the console says of a run at its end. */
function textOf(ended: EndedRun): string {
  let text = '';
  const out = (more: string): void => {
    text += more;
  };
  const reporter = new ConsoleReporter({
    folder: 'folder',
    clauses,
    replay,
    out,
    err: { write: () => undefined },
  });
  for (const finding of ended.result.findings) reporter.finding(finding);
  reporter.end(ended);
  return text;
}

describe('a report', () => {
  it('has lines that keep to the schema: header, cases, findings, areas, footer', async () => {
    const result = await resultOf('accept-plus', '*', 500);
    const lines = reportLines(endedWith(result), replay);
    for (const line of lines) expect(schemas.faults('report', JSON.parse(JSON.stringify(line)))).toEqual([]);
    expect(lines[0]).toBe(header);
    expect(lines.at(-1)).toMatchObject({
      record: 'footer',
      outcome: 'does-not-conform',
      exitCode: 1,
      findings: 2,
    });
    const told = lines.filter((line) => 'record' in line && line.record === 'finding');
    // Nothing is known of this subject, so that what set_option takes is told apart.
    expect(told).toMatchObject([{ clause: 'WSB-PARSE-03' }, { clause: 'WSB-SET-02' }]);
  });

  it('says that a subject conforms', async () => {
    const ended = endedWith(await resultOf(null, '*', 0));
    const text = `The subject conforms to profile delegate (${MUST} of ${MUST} MUST clauses demonstrated).`;
    expect(unfolded(textOf(ended))).toContain(text);
    expect(reportLines(ended, replay).at(-1)).toMatchObject({
      ...{ outcome: 'conforms', exitCode: 0, findings: 0, conclusion: text },
      demonstration: { profile: 'delegate', missing: [], lowered: [], unchosen: null },
    });
  });

  it('says what a part of the cases shows, and that it is no conformance', async () => {
    const [footer] = reportLines(
      endedWith(await resultOf(null, 'WSB-PREC-*', 0), 'WSB-PREC-*'),
      replay,
    ).slice(-1);
    expect(footer).toMatchObject({
      ...{ outcome: 'kept', exitCode: 0 },
      conclusion: expect.stringMatching(/11 of 11 clauses chosen demonstrated.*no conformance/) as unknown,
      demonstration: { missing: [], unchosen: MUST - 11 },
    });
  });

  it('is incomplete, in text and lines, where clauses of the profile were not demonstrated', async () => {
    const ended = endedWith(await resultOf(null, 'WSB-PREC-*', 0));
    const text = `incomplete: ${MUST - 11} MUST clauses of profile delegate not demonstrated (WSB-PARSE-01, `;
    expect(unfolded(textOf(ended))).toContain(text);
    expect(reportLines(ended, replay).at(-1)).toMatchObject({
      ...{ outcome: 'incomplete', exitCode: 5 },
      conclusion: expect.stringContaining(text) as unknown,
    });
  });

  it('counts programs that the suite judges itself as no pass of the subject', async () => {
    const ended = endedWith(await resultOf(null, 'WSB-EXPORT-*', 0), 'WSB-EXPORT-*');
    const { cases, verdicts } = ended.result;
    expect(cases.length).toBeGreaterThan(90);
    expect(verdicts).toMatchObject({ pass: 0, 'self-check': cases.length });
    expect(ended.conclusion).toMatchObject({ outcome: 'incomplete', exitCode: 5 });
    expect(textOf(ended)).toContain('no clause of profile delegate was chosen');
  });

  it('does not say so where the list of expected failures holds no more, as the text and the exit code', async () => {
    const [entry] = loadExpectations(root, schemas, 'upstream')?.failures ?? [];
    if (entry === undefined) throw new Error('upstream is not expected to fail');
    const stale: StaleEntry[] = [{ entry, why: 'passes', cases: [] }];
    const ended = endedWith(await resultOf(null, 'WSB-PREC-*', 0), null, stale);
    const [footer] = reportLines(ended, replay).slice(-1);
    expect(footer).toMatchObject({ outcome: 'stale-expectations', exitCode: 1, findings: 0 });
    const text = textOf(ended);
    expect(text).toContain('The run fails: the list of expected failures no longer holds');
    expect(text).not.toContain('conforms');
  });

  it('does not say so of a subject that supports no case', async () => {
    const result = await resultOf(null, 'WSB-PREC-01', 0);
    const cases = result.cases.map((one) => ({ ...one, verdict: 'unsupported' }) as const);
    const verdicts = { ...noVerdicts(), unsupported: result.verdicts.pass };
    expect(unfolded(textOf(endedWith({ ...result, cases, verdicts }, 'WSB-PREC-01')))).toContain(
      'incomplete: of the 1 chosen, 1 clause of profile delegate not demonstrated (WSB-PREC-01).',
    );
  });

  it('is there as a whole or not at all', async () => {
    const target = join(folder, 'out');
    mkdirSync(join(target, 'findings'), { recursive: true });
    writeFileSync(join(target, 'report.jsonl'), 'the report of an earlier run');
    writeFileSync(join(target, 'findings/old.json'), 'a finding of an earlier run');
    const reporter = new JsonlReporter({ folder: target, earlier: null, replay });
    reporter.begin(header);
    expect(readdirSync(target)).toEqual(['report.jsonl']);
    expect(JSON.parse(readFileSync(join(target, 'report.jsonl'), 'utf8'))).toEqual(header);

    const result = await resultOf('accept-plus', 'WSB-PARSE-03', 0);
    const ended = endedWith(result);
    const lines = reportLines(ended, replay);
    for (const finding of result.findings) reporter.finding(finding);
    reporter.end(ended);
    reporter.close();
    const written = readFileSync(join(target, 'report.jsonl'), 'utf8').trimEnd().split('\n');
    const unchained = written.map((line) => line.replace(/,"chain":"[0-9a-f]{32}"\}$/, '}'));
    expect(unchained.map((line) => JSON.parse(line) as unknown)).toEqual(JSON.parse(JSON.stringify(lines)));
    expect(brokenLink(written)).toBeNull();
    expect(readdirSync(target).sort()).toEqual(['findings', 'report.jsonl']);
    const [finding] = result.findings;
    if (finding === undefined) throw new Error('nothing found');
    const file = findingFile(target, finding);
    expect(existsSync(file)).toBe(true);
    expect(schemas.faults('case', JSON.parse(readFileSync(file, 'utf8')))).toEqual([]);
  });
});

describe('the table', () => {
  it('has a line for each section and one for all', () => {
    const section = (name: string, clauses: number, pass: number, fail: number): SectionResult => {
      return {
        name,
        clauses,
        cases: pass + fail,
        verdicts: { ...noVerdicts(), pass, fail },
        milliseconds: 12.4,
      };
    };
    const sections = [
      section('parsing', 9, 151, 3),
      section('golden', 9, 151, 3),
      section('generated', 0, 5000, 0),
    ];
    const verdicts = sections.map((each) => each.verdicts).reduce(addVerdicts);
    const result: RunResult = { sections, cases: [], findings: [], verdicts, milliseconds: 1234 };
    expect(`\n${resultTable(result)}\n`).toMatchInlineSnapshot(`
      "
      area       clauses  cases   pass  fail   time
      ─────────────────────────────────────────────
      parsing          9    154    151     3  12 ms
      golden           9    154    151     3  12 ms
      generated        -  5,000  5,000     0  12 ms
      ─────────────────────────────────────────────
      total            9  5,308  5,302     6  1.2 s
      "
    `);
  });

  it('writes counts and times to be read', () => {
    expect([0, 999, 1000, 1234567].map(countText)).toEqual(['0', '999', '1,000', '1,234,567']);
    expect([0.4, 999, 1000, 61_500].map(timeText)).toEqual(['0 ms', '999 ms', '1.0 s', '61.5 s']);
  });
});

describe('a finding', () => {
  it('tells clause, case, both outcomes and the command', async () => {
    const { findings } = await resultOf('accept-plus', 'WSB-PARSE-03', 0);
    const [finding] = findings;
    if (finding === undefined) throw new Error('nothing found');
    const clause = loadClauses(root).find(({ id }) => id === finding.clause);
    expect(`\n${findingText(finding, clause, 'npx trt-conformance run --case x.json').trimEnd()}\n`)
      .toMatchInlineSnapshot(`
        "
        WSB-PARSE-03 (MUST) No sign: 6 cases
          rule      A value that contains a \`+\` or a \`-\` anywhere MUST be rejected, including \`-0\`.
          case      WSB-PARSE-03/violation/spec="+0"
                    forward, engine 0: TensorRTBackend segment, streamable 1024, automatic 512, weight_streaming_budget="+0"
                    step 0: load forward
          bytes     the compile spec of "forward", delegate 0: "+0"
                      [2b] 30
          because   the compile spec is "+0": not-a-digit at byte 0; write 0 for +0
          expected  step 0: load InvalidProgram, logged at Error level
                    engine 0: no budget (deserialize)
          observed  step 0: ok
                    engine 0: 0 from the compile-spec (deserialize, set 0, context)
          replay    npx trt-conformance run --case x.json
                    without that file: --case inline:ePmCqCuow8zOxvrwnArL0NoGKDm6IKe0WKEqtSgfMwPDzEDKl3DTRjPmIM-Y2gZDPmfCkjUAvB3yQg
        "
      `);
  });
});
