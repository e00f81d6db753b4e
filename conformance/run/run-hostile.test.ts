import { describe, expect, it } from 'vitest';
import { EXIT } from './exit-code.js';
import { conclude } from './conclusion.js';
import { noVerdicts } from '../model/verdict.js';
import { HOSTILE } from '../cases/hostile.js';
import { decodeRequests } from '../wire/decode-request.js';
import { encodedOutcome } from '../wire/encode-outcome.js';
import { hostileLines, hostileText } from '../report/hostile-text.js';
import { loadSchemas } from '../spec/schemas.js';
import type { Answer } from '../process/answers.js';
import { type Incident, quietIncident } from '../model/incident.js';
import { referenceOracle } from '../oracle/oracle.js';
import { suiteRoot } from '../suite-root.js';
import { filterOf } from '../model/filter.js';
import { hostileCases, hostileFaults, NO_HOSTILE, runHostile } from './run-hostile.js';

const CRASHED: Incident = { ...quietIncident('crashed', 'it was ended by SIGSEGV'), signal: 'SIGSEGV' };
const LATE = quietIncident('timed-out', 'it did not answer within 1 ms');

/** Those of which the reference has no outcome in any host. */
const UNDEFINED = HOSTILE.filter(({ id }) => !/cut|less/.test(id));

/** Answers what the reference can answer, and ends all else as told. */
const orElse =
  (end: Answer) =>
  (record: Uint8Array): Promise<Answer> => {
    try {
      const [request] = decodeRequests(record);
      if (request === undefined) throw new Error('There is no request.');
      return Promise.resolve(encodedOutcome(referenceOracle(() => null)(request)));
    } catch {
      return Promise.resolve(end);
    }
  };

const BREACH = quietIncident('protocol-error', 'it wrote a line that is not JSON: "loading"');

describe('runHostile', () => {
  it('tells how each case ended, in order', async () => {
    const cases = UNDEFINED.slice(0, 3);
    const crashed = await runHostile(cases, orElse(CRASHED));
    expect(crashed.results.map(({ case: one }) => one.id)).toEqual(cases.map(({ id }) => id));
    expect(hostileText(crashed)).toMatch(/: 3 crashed \(SIGSEGV\)\.\n.*none of them counts as passed\.\n$/);
    expect(hostileFaults(crashed)).toBe(0);
    const late = await runHostile(cases, orElse(LATE));
    expect(hostileFaults(late)).toBe(0);
    const both = { results: [...late.results, ...crashed.results], control: null };
    expect(hostileText(both)).toContain(': 3 crashed (SIGSEGV), 3 timed out.');
    const schemas = loadSchemas(suiteRoot());
    const lines = hostileLines(both);
    expect(lines).toHaveLength(6);
    for (const line of lines) {
      expect(() => schemas.parse('report', JSON.stringify(line), 'line')).not.toThrow();
    }
  });

  it('holds a breach of the protocol against the subject, and runs the other cases', async () => {
    const cases = UNDEFINED.slice(0, 4);
    let given = 0;
    const ended = await runHostile(cases, (record) => orElse(given++ === 2 ? BREACH : CRASHED)(record));
    expect(hostileText(ended)).toContain(': 1 broke the protocol, 3 crashed (SIGSEGV).');
    expect(hostileText(ended)).toContain('has to follow the protocol with them, too');
    expect(hostileLines(ended)[1]).toMatchObject({ ended: 'protocol-error', message: BREACH.message });
    expect(hostileFaults(ended)).toBe(1);
    const conclusion = conclude({
      ...{ verdicts: noVerdicts(), findings: [], clauses: [], demonstration: null },
      hostile: hostileFaults(ended),
    });
    expect(conclusion.exitCode).toBe(EXIT.subjectBroken);
  });

  it('runs none when the control gets no answer either, and says so', async () => {
    const always = (): Promise<Answer> => Promise.resolve(CRASHED);
    const ended = await runHostile(HOSTILE, always);
    expect(ended).toEqual({ results: [], control: CRASHED });
    expect(hostileText(ended)).toMatch(/^Hostile files were not run: .* it was ended by SIGSEGV\.\n/);
    expect(hostileLines(ended)).toEqual([]);
    expect(hostileFaults(ended)).toBe(1);
    expect(await runHostile([], always)).toEqual(NO_HOSTILE);
  });

  it('runs what the filter chooses', () => {
    expect(hostileCases(null)).toEqual(HOSTILE);
    expect(hostileCases(filterOf('WSB-PROG-01'))).toEqual([]);
    expect(hostileCases(filterOf('hostile/no list*'))).toHaveLength(2);
  });
});
