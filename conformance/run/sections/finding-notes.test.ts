import { describe, expect, it } from 'vitest';
import { STANDARD_RULES, type Rules } from '../../../reference/index.js';
import { wrongImplementation } from '../../catalogue/catalogue.js';
import { suiteRoot } from '../../suite-root.js';
import { ruledOutcomes } from '../../bulk/flat/ruled-outcome.js';
import { referenceOracle } from '../../oracle/oracle.js';
import type { InProcessSubject, OutOfProcessSubject } from '../../subjects/subject.js';
import { AREAS } from '../../cases/all-cases.js';
import { decodeRequests } from '../../wire/decode-request.js';
import { splitAnswers } from '../../protocol/answer-records.js';
import { decodeOutcome } from '../../wire/decode-outcome.js';
import { encodedOutcome } from '../../wire/encode-outcome.js';
import { Allowance } from '../../process/allowance.js';
import { CAPABILITIES, type Capabilities } from '../../protocol/capabilities.js';
import type { CaseBatch } from '../../protocol/case-batch.js';
import { type Incident, quietIncident } from '../../model/incident.js';
import type { Answer } from '../../process/answers.js';
import { referenceSubject } from '../../subjects/reference-subject.js';
import type { Depth } from '../../model/depth.js';
import { BulkProcesses } from '../../bulk/bulk-processes.js';
import { generatedBlocks } from '../../generators/blocks.js';
import type { Finding } from '../../model/finding.js';
import { run } from '../run.js';
import type { RunResult } from '../../model/run-result.js';
import type { Section } from '../plan/section.js';
import { generatedSection } from '../plan/bulk-section.js';

const GENERATED = 1200;
const oracle = referenceOracle(() => null);

/** What a subject of these tests does wrong. */
interface Wrong {
  /** Cases whose bytes hold this text end its process. */
  readonly crashesOn?: string;
  readonly signal?: string;
  /** Cases that a fresh process runs until it crashes. */
  readonly cases?: number;
  readonly rules?: Rules;
}

/** A subject that has one depth alone, and how often it was run on one case alone. */
function subjectOf(
  depth: Depth,
  { crashesOn, signal = 'SIGSEGV', cases = 1, rules = STANDARD_RULES }: Wrong,
) {
  const reference = referenceSubject(
    'reference',
    referenceOracle(() => null, rules),
    'test',
  );
  const crash: Incident = { ...quietIncident('crashed', `it was ended by ${signal}`), signal, cases };
  const count = { alone: 0 };
  const answerOne = (record: Uint8Array): Answer => {
    if (crashesOn !== undefined && Buffer.from(record).includes(crashesOn)) return crash;
    if (depth === 'decision') return ruledOutcomes('decision', record)(rules);
    return reference.run(record);
  };
  const recordsOf = (batch: CaseBatch): Uint8Array[] =>
    Array.from({ length: batch.count }, (_, index) => batch.record(index).slice());
  const subject: OutOfProcessSubject = {
    ...reference,
    kind: 'out-of-process',
    capabilities: {
      ...Object.fromEntries(CAPABILITIES.map((name) => [name, true])),
      program: depth === 'program',
      decision: depth === 'decision',
    } as Capabilities,
    usesRecorded: () => false,
    allowance: new Allowance(Infinity),
    answer: (batch) => Promise.resolve({ kind: 'each', answers: recordsOf(batch).map(answerOne) }),
    alone: (batch) => {
      count.alone++;
      return Promise.resolve(answerOne(batch.record(0).slice()));
    },
  };
  return { subject, count };
}

const SECTIONS: Readonly<Record<'generated' | 'programs' | 'decisions', Section>> = {
  generated: {
    kind: 'generated',
    name: 'generated',
    count: GENERATED,
    blocks: () => generatedBlocks(1, GENERATED),
  },
  programs: generatedSection('program', 4096),
  decisions: generatedSection('decision', 4096),
};

async function resultOf(name: keyof typeof SECTIONS, wrong: Wrong): Promise<RunResult & { alone: number }> {
  const { subject, count } = subjectOf(name === 'decisions' ? 'decision' : 'program', wrong);
  const pool = new BulkProcesses(subject, 1);
  const result = await run({ subject, oracle }, [SECTIONS[name]], { pool });
  return { ...result, alone: count.alone };
}

function enginesOf({ case: { request } }: Finding): number {
  return request.program.kind === 'methods'
    ? request.program.methods.flatMap(({ delegates }) => delegates).length
    : 0;
}

describe.each(['generated', 'programs', 'decisions'] as const)('a crash on %s', (name) => {
  const TEXT = '1_000';

  it('is told by no clause of the budget, and on the shortest case', async () => {
    const { findings, verdicts, alone } = await resultOf(name, { crashesOn: TEXT });
    expect(verdicts.crashed).toBeGreaterThan(1);
    expect(verdicts.fail).toBe(0);
    const [finding] = findings;
    if (finding === undefined) throw new Error('There is no finding.');
    expect(findings).toHaveLength(1);
    expect(finding).toMatchObject({
      verdict: 'crashed',
      clause: 'WSB-FAIL-14',
      occurrences: verdicts.crashed,
      incident: { kind: 'crashed', signal: 'SIGSEGV' },
    });
    expect(enginesOf(finding)).toBe(1);
    expect(finding.case.request.steps).toHaveLength(1);
    expect(finding.case.request.module).toBeNull();
    expect(alone).toBeGreaterThan(0);
  });

  it('that needs other cases before it is shown as it came', async () => {
    const { findings, alone } = await resultOf(name, { crashesOn: TEXT, cases: 7 });
    expect(findings.map(({ verdict }) => verdict)).toEqual(['crashed']);
    expect(alone).toBe(0);
  });
});

describe('a failure of a subject that has decision depth alone', () => {
  it.each(['no-clamp', 'accept-plus', 'last-duplicate-wins'])(
    'is made small and told by the clause of %s',
    async (name) => {
      const { clause, rules = STANDARD_RULES } = wrongImplementation(suiteRoot(), name);
      const { findings } = await resultOf('decisions', { rules });
      const finding = findings.find((each) => each.clause === clause);
      if (finding === undefined) throw new Error('The clause is not among the findings.');
      expect(finding.verdict).toBe('fail');
      expect(enginesOf(finding)).toBe(1);
      expect(finding.case.request.steps).toHaveLength(1);
    },
  );
});

describe('written cases that fail for what the loads before left', () => {
  it('are one finding, and some of them are run again, not each', async () => {
    const { rules = STANDARD_RULES } = wrongImplementation(suiteRoot(), 'spec-ignored');
    const forgetful = referenceOracle(() => null, rules);
    const reference = referenceSubject('reference', forgetful, 'test');
    let sequences = 0;
    const subject: InProcessSubject = {
      ...reference,
      // Only the first load of a process is right.
      sequence: (sent) => {
        sequences++;
        const answers = sent.map(({ record }, at) => {
          const [request] = decodeRequests(record);
          if (request === undefined) throw new Error('A case has a request.');
          return encodedOutcome((at === 0 ? oracle : forgetful)(request));
        });
        return Promise.resolve({ answers, breakage: null });
      },
    };
    const cases = (AREAS['parsing'] ?? []).map((one) => ({ case: one, expected: null }));
    const { findings, verdicts } = await run({ subject, oracle }, [
      { kind: 'fixed', name: 'parsing', cases },
    ]);
    expect(verdicts.fail).toBeGreaterThan(100);
    expect(findings.map(({ clause, occurrences }) => [clause, occurrences])).toEqual([
      ['WSB-MULTI-07', verdicts.fail],
    ]);
    expect(findings[0]?.recurrence).toEqual({ kind: 'sequence', others: 1 });
    expect(sequences).toBeLessThan(verdicts.fail);
  });
});

it('blames what is logged and should not be, or is not and should, on no other clause', async () => {
  const reference = referenceSubject('reference', oracle, 'test');
  const subject: InProcessSubject = {
    ...reference,
    run: (requests) => {
      const told = splitAnswers('program', reference.run(requests)).map((answer) => {
        const outcome = decodeOutcome(answer);
        const steps = outcome.steps.map((step) => ({ ...step, warned: !step.warned }));
        return encodedOutcome({ ...outcome, steps });
      });
      return Buffer.concat(told);
    },
  };
  const written = [...(AREAS['parsing'] ?? []), ...(AREAS['options'] ?? [])];
  const cases = written.map((one) => ({ case: one, expected: null }));
  const { findings, verdicts } = await run({ subject, oracle }, [{ kind: 'fixed', name: 'all', cases }]);
  expect(verdicts.fail).toBe(cases.length);
  expect(findings.map(({ clause }) => clause)).toEqual(['WSB-FAIL-09', 'WSB-FAIL-10', 'WSB-OPT-06']);
});
