import { describe, expect, it } from 'vitest';
import { STANDARD_RULES, WRONG_RULES, type Rules } from '../../reference/index.js';
import { type CountedLine, stepLines, stepOf } from '../report/report-lines.js';
import { filterOf } from '../model/filter.js';
import { planRun } from '../run/plan/plan-run.js';
import { run, type RunOptions } from '../run/run.js';
import type { RunResult } from '../model/run-result.js';
import type { Section } from '../run/plan/section.js';
import type { Step } from '../run/state/step.js';
import { generatedSection } from '../run/plan/bulk-section.js';
import { loadSchemas } from '../spec/schemas.js';
import { policyOracles, referenceOracle } from '../oracle/oracle.js';
import { Allowance } from '../process/allowance.js';
import { CAPABILITIES, type Capabilities } from '../protocol/capabilities.js';
import { maskAnswer } from '../process/mask-answer.js';
import { referenceSubject } from '../subjects/reference-subject.js';
import type { InProcessSubject, OutOfProcessSubject } from '../subjects/subject.js';
import { suiteRoot } from '../suite-root.js';
import { BulkProcesses } from '../bulk/bulk-processes.js';
import type { ExpectedByCases, ExpectedByRule, ExpectedFailure } from './expected-failure.js';
import { KnownFailures } from './known-failures.js';

const root = suiteRoot();
const schemas = loadSchemas(root);
const oracleOf = (rules?: Rules) => referenceOracle(() => null, rules);
const oracle = oracleOf();

const MINUS: ExpectedByRule = {
  clause: 'WSB-PARSE-03',
  rule: 'accept-minus-zero',
  message: 'should be "load InvalidProgram"',
  reason: 'A minus is taken.',
  link: 'https://example.org/issues/1',
  until: '2026-11-22',
};
const SILENT: ExpectedByRule = {
  ...MINUS,
  clause: 'WSB-FAIL-09',
  rule: 'refuse-silently',
  message: 'is "not logged" and should be "logged at Error level"',
};

/** What tells nothing of where a budget came from, as upstream does. */
const TELLS = {
  ...Object.fromEntries(CAPABILITIES.map((name) => [name, true])),
  decision: false,
  source: false,
} as Capabilities;

function rules(name: string): Rules {
  const wrong = WRONG_RULES[name];
  if (wrong === undefined) throw new Error(`There is no wrong rule ${name}.`);
  return wrong;
}

/** The rules of upstream: two known errors. */
const UPSTREAM: Rules = {
  ...STANDARD_RULES,
  parseBudget: rules('accept-minus-zero').parseBudget,
  applyBudget: rules('refuse-silently').applyBudget,
};

/** A subject with other rules, in this process. */
function subjectOf(own: Rules): InProcessSubject {
  return referenceSubject('reference', oracleOf(own), 'test');
}

/** A subject as one in a process of its own, which tells as little as upstream. */
function apartOf(own: Rules): OutOfProcessSubject {
  const { run: answer, ...subject } = subjectOf(own);
  const silent = (records: Uint8Array): Uint8Array => {
    const view = new DataView(records.buffer, records.byteOffset, records.length);
    const parts: Uint8Array[] = [];
    for (let at = 0; at < records.length; at += view.getUint32(at, true)) {
      parts.push(maskAnswer('program', records.subarray(at, at + view.getUint32(at, true)), TELLS));
    }
    return Buffer.concat(parts);
  };
  return {
    ...subject,
    kind: 'out-of-process',
    capabilities: TELLS,
    usesRecorded: () => false,
    allowance: new Allowance(Infinity),
    answer: ({ bytes }) => Promise.resolve({ kind: 'all', bytes: silent(answer(bytes)) }),
    alone: ({ bytes }) => Promise.resolve(silent(answer(bytes))),
  };
}

const WRITTEN = ['parsing', 'application', 'failure'];

function sections(bulk: boolean): Section[] {
  const plan = planRun({
    root,
    schemas,
    policies: { own: 'upstream', oracles: policyOracles(() => null) },
    seed: 1,
    cases: 7200,
    decisions: 0,
    exhaustive: false,
    written: true,
    filter: filterOf('*'),
  });
  const chosen = plan.filter(({ name }) => name === 'generated' || WRITTEN.includes(name));
  return bulk ? [...chosen, generatedSection('program', 4096)] : chosen;
}

async function resultOf(own: Rules, entries: readonly ExpectedFailure[]): Promise<RunResult> {
  return run({ subject: subjectOf(own), oracle }, sections(false), { known: knownOf(entries) });
}

function knownOf(entries: readonly ExpectedFailure[]): KnownFailures {
  return new KnownFailures(entries, oracleOf);
}

function apartKnown(entries: readonly ExpectedFailure[]): KnownFailures {
  return new KnownFailures(entries, oracleOf, (depth, record) => maskAnswer(depth, record, TELLS));
}

/** A run out of process, cases in bulk included. */
async function apartResultOf(
  own: Rules,
  entries: readonly ExpectedFailure[],
  known = apartKnown(entries),
  options: Pick<RunOptions, 'kept' | 'onStep'> = {},
): Promise<RunResult> {
  const subject = apartOf(own);
  const pool = new BulkProcesses(subject, 1, Infinity, 2, known);
  return run({ subject, oracle }, sections(true), { pool, look: Infinity, known, ...options });
}

const failing = ({ verdicts }: RunResult): number => verdicts.fail;
const expected = ({ verdicts }: RunResult): number => verdicts['expected-fail'];
const clauses = ({ findings }: RunResult, verdict: string): string[] =>
  findings.filter((finding) => finding.verdict === verdict).map(({ clause }) => clause);

describe.each([
  ['in this process', resultOf],
  ['in a process of its own', apartResultOf],
])('known failures of a subject %s', (_, judge) => {
  it('are those that the wrong rules give exactly, alone and together', async () => {
    const bare = await judge(UPSTREAM, []);
    const result = await judge(UPSTREAM, [MINUS, SILENT]);
    expect(failing(result)).toBe(0);
    expect(expected(result)).toBe(failing(bare));
    expect(clauses(result, 'expected-fail')).toEqual(['WSB-FAIL-09', 'WSB-PARSE-03']);
    const counted = result.findings.reduce((sum, { occurrences }) => sum + occurrences, 0);
    expect(counted).toBe(expected(result));
  });

  it('leave the other known failure of a subject', async () => {
    const result = await judge(UPSTREAM, [SILENT]);
    expect(failing(result)).toBeGreaterThan(0);
    expect(clauses(result, 'expected-fail')).toEqual(['WSB-FAIL-09']);
    expect(clauses(result, 'fail')).toContain('WSB-PARSE-03');
  });

  it('do not hide a second error on the same clause', async () => {
    const { parseBudget: plus } = rules('accept-plus');
    const both: Rules = {
      ...UPSTREAM,
      parseBudget: (bytes) => {
        const parsed = UPSTREAM.parseBudget(bytes);
        return parsed.ok ? parsed : plus(bytes);
      },
    };
    const result = await judge(both, [MINUS, SILENT]);
    expect(failing(result)).toBeGreaterThan(0);
    expect(clauses(result, 'fail')).toContain('WSB-PARSE-03');
    expect(clauses(result, 'expected-fail')).toContain('WSB-PARSE-03');
  });

  it('do not hide an error that is like the known one', async () => {
    const minusIsOne: Rules = {
      ...UPSTREAM,
      parseBudget: (bytes) => {
        const parsed = UPSTREAM.parseBudget(bytes);
        return parsed.ok && bytes?.[0] === 0x2d ? { ok: true, budget: 1n } : parsed;
      },
    };
    const result = await judge(minusIsOne, [MINUS, SILENT]);
    expect(failing(result)).toBeGreaterThan(0);
    expect(clauses(result, 'fail')).toContain('WSB-PARSE-03');
  });
});

describe('a run that was cut short', () => {
  const ENTRIES = [MINUS, SILENT];

  it.each([0.1, 0.5, 0.9, 1])('knows at %d of its steps what it met and what is left', async (share) => {
    const steps: Step[] = [];
    const whole = await apartResultOf(UPSTREAM, ENTRIES, undefined, {
      onStep: (step) => steps.push(step),
    });
    const kept = steps.slice(0, Math.round(steps.length * share)).map(written);
    const known = apartKnown(ENTRIES);
    const continued = await apartResultOf(UPSTREAM, ENTRIES, known, { kept });
    expect(continued.verdicts).toEqual(whole.verdicts);
    expect(continued.findings).toEqual(whole.findings);
    expect(ENTRIES.map((entry) => known.met(entry))).toEqual([true, true]);
  });

  /** A step as a report keeps it. */
  function written(step: Step): Step {
    const line = stepLines(step, () => 'replay it').at(-1);
    if (line === undefined) throw new Error('A step has a last line.');
    expect(schemas.faults('report', line)).toEqual([]);
    return stepOf(line as CountedLine, step);
  }
});

describe('known failures by cases', () => {
  const ID = 'WSB-PARSE-03/violation/spec="-0"';
  const BY_CASE: ExpectedByCases = {
    clause: 'WSB-PARSE-03',
    cases: [ID],
    observed: ['step 0: ok', 'engine 0: 0 from the compile-spec (deserialize, set 0, context)'],
    message: 'should be "load InvalidProgram"',
    reason: MINUS.reason,
    link: MINUS.link,
    until: MINUS.until,
  };
  const verdictOf = (result: RunResult, id: string): string | undefined =>
    result.cases.find((one) => one.case.id === id)?.verdict;

  it('are the cases that are named, with the outcome that is told', async () => {
    const result = await resultOf(UPSTREAM, [BY_CASE]);
    expect(verdictOf(result, ID)).toBe('expected-fail');
    expect(verdictOf(result, ID.replace('"-0"', '"-00"'))).toBe('fail');
    expect(expected(result)).toBe(1);
  });

  it.each([
    ['another message', { message: 'something else' }],
    ['another outcome', { observed: ['step 0: ok', 'engine 0: 0 (deserialize, set 0, context)'] }],
    ['another case', { cases: ['WSB-PARSE-03/violation/spec="-1"'] }],
  ])('are none by %s', async (_, change) => {
    const result = await resultOf(UPSTREAM, [{ ...BY_CASE, ...change }]);
    expect(expected(result)).toBe(0);
    expect(verdictOf(result, ID)).toBe('fail');
  });
});

describe('a rule that is expected', () => {
  it('has to be there, and has to leave the others theirs', () => {
    expect(() => knownOf([{ ...MINUS, rule: 'no-such-rule' }])).toThrow(
      /There is no wrong rule no-such-rule/,
    );
    expect(() => knownOf([MINUS, { ...MINUS, rule: 'accept-plus' }])).toThrow(
      /More than one of .* replaces parseBudget/,
    );
  });
});
