import { describe, expect, it } from 'vitest';
import { ALL_CASES } from '../cases/all-cases.js';
import type { Case } from '../model/case.js';
import type { Finding } from '../model/finding.js';
import { NO_OUTCOME } from '../model/no-outcome.js';
import { bytesThatMatter } from './bytes-that-matter.js';
import { objections } from './objections.js';

/** A finding of a case, as far as its bytes follow from it. */
function findingOf(one: Case): Finding {
  const [clause = 'WSB-PARSE-01'] = one.clauses;
  const outcomes = { expected: NO_OUTCOME, observed: NO_OUTCOME, differences: [] };
  return { fingerprint: '', verdict: 'fail', clause, case: one, occurrences: 1, ...outcomes };
}

function ofCase(start: string): Finding {
  const found = ALL_CASES.find(({ id }) => id.startsWith(start));
  if (found === undefined) throw new Error(`there is no case ${start}`);
  return findingOf(found);
}

describe('the bytes that matter', () => {
  it('are the budget, with the byte that makes it malformed', () => {
    const [told] = bytesThatMatter(ofCase('WSB-PARSE-03/violation'));
    expect(told).toMatchObject({ of: 'budget', mark: { from: 0, to: 1, why: 'not-a-digit at byte 0' } });
  });

  it('are those of an option, too', () => {
    const titles = ALL_CASES.filter(({ id }) => id.startsWith('WSB-PREC-01')).flatMap((one) =>
      bytesThatMatter(findingOf(one)).map(({ title }) => title),
    );
    expect(titles).toContain('the load option');
  });

  it('are the header and the metadata of a blob whose metadata is at fault', () => {
    const told = bytesThatMatter(ofCase('WSB-BLOB-06/violation'));
    expect(told.map(({ of }) => of)).toEqual(['blob', 'blob']);
    expect(new TextDecoder().decode(told[1]?.bytes)).toContain('device_id');
    expect(told[1]?.mark).not.toBeNull();
  });

  it('are the head of a file that is no program', () => {
    const [told] = bytesThatMatter(ofCase('WSB-PROG-13/violation')).slice(-1);
    expect(told?.of).toBe('program');
    expect(new TextDecoder('latin1').decode(told?.bytes)).toContain('ET12');
  });

  it('can be told of every case, in few bytes', () => {
    for (const one of ALL_CASES) {
      for (const { bytes } of bytesThatMatter(findingOf(one))) expect(bytes.length).toBeLessThanOrEqual(96);
    }
  });
});

describe('what the reference objects to', () => {
  it('is what a violation breaks, and nothing of a control', () => {
    const finding = ofCase('WSB-PARSE-03/violation');
    expect(objections(finding).join()).toContain('not-a-digit at byte 0');
    expect(objections({ ...finding, clause: 'WSB-PARSE-04' })).toEqual([]);
    expect(objections(ofCase('WSB-PARSE-03/control'))).toEqual([]);
  });
});
