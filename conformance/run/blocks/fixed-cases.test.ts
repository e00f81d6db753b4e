import { describe, expect, it } from 'vitest';
import { ALL_CASES } from '../../cases/all-cases.js';
import { isDamaged } from '../../model/case.js';
import { encodedRequest } from '../../wire/encode-request.js';
import { buildRequest } from '../../model/build-request.js';
import { referenceOracle } from '../../oracle/oracle.js';
import { quietIncident } from '../../model/incident.js';
import { referenceSubject } from '../../subjects/reference-subject.js';
import type { Subject } from '../../subjects/subject.js';
import { run } from '../run.js';
import type { Section } from '../plan/section.js';
import type { FixedCase } from '../../model/fixed-case.js';

const oracle = referenceOracle(() => null);
const reference = referenceSubject('reference', oracle, 'test');
const damaged = ALL_CASES.filter(isDamaged);
const sound = ALL_CASES.filter((one) => !isDamaged(one)).slice(0, 100);
const CASES: readonly FixedCase[] = [...sound.slice(50), ...damaged, ...sound.slice(0, 50)].map((one) => ({
  case: one,
  expected: null,
  perCaseProcess: isDamaged(one),
}));
const SECTION: Section = { kind: 'fixed', name: 'program', cases: CASES };

const crashed = {
  ...quietIncident('crashed', 'it was ended by SIGSEGV (also when it is run alone)'),
  signal: 'SIGSEGV',
};

describe('damaged files in a run', () => {
  it('go one by one into a process of their own, and no other file does', async () => {
    const alone: string[] = [];
    const subject: Subject = {
      ...reference,
      perCaseProcess: (request) => {
        alone.push(Buffer.from(request).toString('hex'));
        return Promise.resolve(reference.run(request));
      },
    };
    const { verdicts, cases } = await run({ subject, oracle }, [SECTION]);
    expect(verdicts.pass).toBe(CASES.length);
    expect(cases.map(({ case: { id } }) => id)).toEqual(CASES.map((one) => one.case.id));
    const records = damaged.map(({ request }) => Buffer.from(encodedRequest(buildRequest(request))));
    expect(alone).toEqual(records.map((record) => record.toString('hex')));
  });

  it('that end their process are crashed, and the run goes on', async () => {
    const last = damaged.at(-1);
    if (last === undefined) throw new Error('there is no damaged file');
    const fatal = Buffer.from(encodedRequest(buildRequest(last.request)));
    const subject: Subject = {
      ...reference,
      perCaseProcess: (request) => Promise.resolve(fatal.equals(request) ? crashed : reference.run(request)),
    };
    const { verdicts, cases, findings } = await run({ subject, oracle }, [SECTION]);
    expect(verdicts).toMatchObject({ pass: CASES.length - 1, crashed: 1 });
    expect(cases.filter(({ verdict }) => verdict !== 'pass').map(({ case: { id } }) => id)).toEqual([
      last.id,
    ]);
    expect(findings).toMatchObject([{ verdict: 'crashed', clause: last.clauses[0], incident: crashed }]);
  });

  it('go with the others where the subject has no way to', async () => {
    const { verdicts } = await run({ subject: reference, oracle }, [SECTION]);
    expect(verdicts.pass).toBe(CASES.length);
  });
});
