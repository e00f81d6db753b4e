import { describe, expect, it } from 'vitest';
import { HOSTILE } from '../cases/hostile.js';
import { decodeRequests } from '../protocol/decode-request.js';
import { encodedOutcome } from '../protocol/encode-outcome.js';
import { hostileLines, hostileText } from '../report/hostile-text.js';
import { loadSchemas } from '../spec/schemas.js';
import type { IsolatedEnd } from '../subjects/isolated/isolated-end.js';
import { type Incident, quietIncident } from '../subjects/process/incident.js';
import { referenceOracle } from '../subjects/oracle.js';
import { suiteRoot } from '../suite-root.js';
import { filterOf } from './filter.js';
import { hostileCases, runHostile } from './run-hostile.js';

const CRASHED: Incident = { ...quietIncident('crashed', 'it was ended by SIGSEGV'), signal: 'SIGSEGV' };
const LATE = quietIncident('timed-out', 'it did not answer within 1 ms');

/** Answers what the reference can answer, and ends all else as told. */
const orElse =
  (end: IsolatedEnd) =>
  (record: Uint8Array): Promise<IsolatedEnd> => {
    try {
      const [request] = decodeRequests(record);
      if (request === undefined) throw new Error('There is no request.');
      return Promise.resolve(encodedOutcome(referenceOracle(() => null)(request)));
    } catch {
      return Promise.resolve(end);
    }
  };

describe('runHostile', () => {
  it('tells how each case ended, in order', async () => {
    const cases = HOSTILE.slice(0, 3);
    const results = await runHostile(cases, orElse(CRASHED));
    expect(results.map(({ case: one }) => one.id)).toEqual(cases.map(({ id }) => id));
    expect(hostileText(results)).toMatch(/: 3 crashed \(SIGSEGV\)\.\n.*none of them counts as passed\.$/);
    const late = await runHostile(cases, orElse(LATE));
    expect(hostileText([...late, ...results])).toContain(': 3 crashed (SIGSEGV), 3 timed out.');
    const schemas = loadSchemas(suiteRoot());
    for (const line of hostileLines([...results, ...late])) {
      expect(() => schemas.parse('report', JSON.stringify(line), 'line')).not.toThrow();
    }
  });

  it('says nothing when the control gets no answer either', async () => {
    const always = (): Promise<IsolatedEnd> => Promise.resolve(CRASHED);
    await expect(runHostile(HOSTILE, always)).rejects.toMatchObject({ fault: 'broken' });
    expect(await runHostile([], always)).toEqual([]);
  });

  it('runs what the filter chooses', () => {
    expect(hostileCases(null)).toEqual(HOSTILE);
    expect(hostileCases(filterOf('WSB-PROG-01'))).toEqual([]);
    expect(hostileCases(filterOf('hostile/no list*'))).toHaveLength(2);
  });
});
