import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHash } from 'node:crypto';
import { type Rules, STANDARD_RULES, WRONG_RULES } from '../../reference/index.js';
import { BulkProcesses } from '../bulk/bulk-processes.js';
import { KnownFailures } from '../expectations/known-failures.js';
import { filterOf } from '../model/filter.js';
import { quietIncident } from '../model/incident.js';
import type { RunResult } from '../model/run-result.js';
import { Allowance } from '../process/allowance.js';
import type { Answer } from '../process/answers.js';
import { policyOracles } from '../oracle/oracle.js';
import { loadRecordedPlans } from '../oracle/recorded.js';
import { recordedPlanLookup } from '../oracle/recorded-plans.js';
import { loadSchemas } from '../spec/schemas.js';
import { referenceSubject } from '../subjects/reference-subject.js';
import { asOutOfProcess } from '../subjects/as-out-of-process.js';
import type { InProcessSubject, OutOfProcessSubject, Subject } from '../subjects/subject.js';
import { suiteRoot } from '../suite-root.js';
import { caseToJson } from '../wire/json/json-case.js';
import { planRun } from './plan/plan-run.js';
import type { Section } from './plan/section.js';
import { run } from './run.js';
import type { TakesStep } from './sections/section-steps.js';
import type { Step } from './state/step.js';
import { dealSteps } from './shards/deal-steps.js';
import { tellSections } from './shards/tell-sections.js';

const root = suiteRoot();
const schemas = loadSchemas(root);
const plans = loadRecordedPlans(root, schemas);
const recorded = recordedPlanLookup(plans);
const oracles = policyOracles(recorded);

/** A run, as it is drawn. */
interface Drawn {
  readonly rules: readonly string[];
  /** One of the rules is known to be wrong. */
  readonly isKnown: boolean;
  readonly filter: string | null;
  readonly cases: number;
  readonly seed: number;
  /** One in so many cases crashes; 0 for a subject in this process, which never does. */
  readonly crashes: number;
  /** Crashes after which no further case is run. */
  readonly most: number;
  readonly shards: number;
}

function sectionsOf({ filter, cases, seed }: Drawn): Section[] {
  return planRun({
    ...{ root, schemas, policies: { own: 'fitting', oracles }, seed, cases, decisions: 0 },
    ...{ exhaustive: false, written: true },
    filter: filter === null ? null : filterOf(filter),
  });
}

/** The rules that one delegate with all these errors has. */
function wrong(names: readonly string[]): Rules {
  const changes = names.flatMap((name) =>
    Object.entries(WRONG_RULES[name] ?? {}).filter(([key, rule]) => rule !== STANDARD[key]),
  );
  return { ...STANDARD_RULES, ...Object.fromEntries(changes) };
}

const STANDARD: Readonly<Record<string, unknown>> = { ...STANDARD_RULES };

function subjectOf({ rules, crashes, most }: Drawn): Subject {
  const oracle = policyOracles(recorded, wrong(rules)).fitting;
  const subject = referenceSubject('reference:drawn', oracle, 'test', 'fitting');
  return crashes === 0 ? subject : crashing(subject, crashes, most);
}

/** A subject out of process, of which one in so many cases crashes: always the same ones. */
function crashing(subject: InProcessSubject, one: number, most: number): OutOfProcessSubject {
  const shared = new Allowance(most);
  const answerOf = (record: Uint8Array): Answer => {
    const [digit = 0] = createHash('sha256').update(record).digest();
    const crash = { ...quietIncident('crashed', 'it crashed'), signal: 'SIGSEGV', cases: 1 };
    return digit % one === 0 ? crash : subject.run(record);
  };
  return {
    ...subject,
    kind: 'out-of-process',
    usesRecorded: () => false,
    allowance: shared,
    answer: (batch, { allowance = shared } = {}) => {
      const answers = Array.from({ length: batch.count }, (_, at): Answer => {
        if (allowance.isSpent) return quietIncident('inconclusive', 'not run');
        const answer = answerOf(batch.record(at));
        if (!(answer instanceof Uint8Array)) allowance.spend(answer.kind);
        return answer;
      });
      return Promise.resolve({ kind: 'each', answers });
    },
    alone: (batch) => Promise.resolve(answerOf(batch.record(0))),
  };
}

/** Nothing but this of an entry matters here. */
const ENTRY = { clause: 'WSB-PARSE-03', message: '', reason: 'r', link: 'l', until: '2999-01-01' } as const;

function knownTo({ rules, isKnown }: Drawn): KnownFailures {
  const [rule] = rules;
  if (!isKnown || rule === undefined) return new KnownFailures([], () => oracles.fitting);
  return new KnownFailures([{ ...ENTRY, rule }], (other) => policyOracles(recorded, other).fitting);
}

function bulkOf(subject: Subject): OutOfProcessSubject {
  return subject.kind === 'in-process' ? asOutOfProcess(subject) : subject;
}

async function runPart(drawn: Drawn, takes?: TakesStep): Promise<{ result: RunResult; steps: Step[] }> {
  const subject = subjectOf(drawn);
  const known = knownTo(drawn);
  const steps: Step[] = [];
  const result = await run({ subject, oracle: oracles.fitting }, sectionsOf(drawn), {
    pool: new BulkProcesses(bulkOf(subject), drawn.seed, undefined, 1, known),
    known,
    seed: drawn.seed,
    onStep: (step) => steps.push(step),
    ...(takes === undefined ? {} : { takes }),
  });
  return { result, steps };
}

/** A result less its times, as a report tells it. */
function timeless({ cases, findings, verdicts, sections }: RunResult): unknown {
  return {
    findings: findings.map((finding) => ({ ...finding, case: caseToJson(finding.case) })),
    verdicts,
    cases: cases.map(({ case: { id }, ...rest }) => ({ id, ...rest })),
    sections: sections.map((section) => ({ ...section, milliseconds: 0 })),
  };
}

const DRAWN: fc.Arbitrary<Drawn> = fc.record({
  rules: fc.uniqueArray(fc.constantFrom(...Object.keys(WRONG_RULES)), { minLength: 1, maxLength: 4 }),
  isKnown: fc.boolean(),
  filter: fc.constantFrom(null, 'WSB-PARSE-*', 'WSB-APPLY-*', 'generated', 'WSB-OPT-*'),
  cases: fc.constantFrom(0, 800, 3000),
  seed: fc.integer({ min: 1, max: 1000 }),
  crashes: fc.constantFrom(0, 0, 3, 40, 200),
  most: fc.constantFrom(3, 20, 50),
  shards: fc.integer({ min: 1, max: 9 }),
});

/**
 * Breaks too often at once, so that only what the suite judges by itself is left of a whole run.
 */
const GIVEN_UP: Drawn = {
  ...{ rules: ['no-clamp'], isKnown: false, filter: null, cases: 0, seed: 1 },
  ...{ crashes: 3, most: 3, shards: 2 },
};

/** What shards of a run come to, told in an order of their own. */
async function told(drawn: Drawn): Promise<RunResult> {
  const sections = sectionsOf(drawn);
  const steps: Step[] = [];
  for (let number = drawn.shards; number >= 1; number--) {
    const { takes } = dealSteps(sections, { number, of: drawn.shards });
    steps.push(...(await runPart(drawn, takes)).steps);
  }
  return tellSections(sections, steps, {
    known: knownTo(drawn),
    allowance: drawn.crashes === 0 ? null : new Allowance(drawn.most),
    times: [],
    milliseconds: 0,
  });
}

describe('tellSections', () => {
  it('comes to what a run of all cases comes to, whatever fails', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(DRAWN, async (drawn) => {
        expect(timeless(await told(drawn))).toEqual(timeless((await runPart(drawn)).result));
      }),
      {
        numRuns: Number(process.env['SHARD_RUNS'] ?? 5),
        seed: Number(process.env['SHARD_SEED'] ?? 1),
        examples: [[GIVEN_UP]],
      },
    );
  });
});
