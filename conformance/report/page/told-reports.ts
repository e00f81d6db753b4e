import { ALL_CASES } from '../../cases/all-cases.js';
import { noVerdicts } from '../../model/verdict.js';
import { loadClauses } from '../../spec/load-clauses.js';
import { suiteRoot } from '../../suite-root.js';
import type { ToldFinding, ToldReport } from '../told-report.js';
import { realFindings } from './real-findings.js';

/*
 * Reports for the tests of the page.
 */

export const CLAUSES = loadClauses(suiteRoot());
export const REAL = realFindings(2000);
const HOSTILE =
  '</script><script>window.pwned=1</script><img src=x onerror="window.pwned=1">"\'><svg/onload=window.pwned=1>&lt;\u202e\u0000\u001b[31m';

/** A report of a run that found this. */
export function reportOf(findings: readonly ToldFinding[], more: Partial<ToldReport> = {}): ToldReport {
  const failed = new Map(findings.map(({ finding }) => [finding.case.id, finding.fingerprint]));
  return {
    header: {
      tool: { name: 'trt-delegate-conformance', version: '0.1.0' },
      specification: '0.2',
      subject: { name: 'reference:wrong', versions: { executorch: '1.5.1' }, sha256: null },
      profile: 'delegate',
      seed: '1',
      filter: null,
      started: '2026-01-01T00:00:00.000Z',
    },
    cases: ALL_CASES.map((one) => ({
      case: { id: one.id, clauses: one.clauses, kind: one.kind },
      section: 'parsing',
      verdict: failed.has(one.id) ? 'fail' : 'pass',
      finding: failed.get(one.id) ?? null,
    })),
    areas: [
      {
        name: 'parsing',
        clauses: 10,
        cases: 164,
        verdicts: { ...noVerdicts(), pass: 160, fail: 4 },
        milliseconds: 9,
      },
      {
        name: 'decisions',
        clauses: 0,
        cases: 5_000_000,
        verdicts: { ...noVerdicts(), pass: 5_000_000 },
        milliseconds: 2e3,
      },
    ],
    findings,
    checks: [],
    exitCode: 1,
    conclusion: 'The subject does not conform to profile delegate.',
    demonstrated: { required: 161, missing: CLAUSES.slice(3, 20).map(({ id }) => id) },
    milliseconds: 5000,
    ...more,
  };
}

/** A subject, a case, an incident and a device check that say what no page may do. */
export function hostileReport(): ToldReport {
  const [one] = REAL;
  if (one === undefined) throw new Error('there is no finding');
  const { finding } = one;
  const odd: ToldFinding = {
    finding: {
      ...finding,
      case: { ...finding.case, id: HOSTILE, title: HOSTILE },
      incident: {
        kind: 'crashed',
        message: HOSTILE,
        signal: HOSTILE,
        exitCode: null,
        stderr: HOSTILE.repeat(999),
        cases: 1,
      },
      differences: [{ path: HOSTILE, expected: HOSTILE, observed: HOSTILE.repeat(99) }],
    },
    replay: HOSTILE,
  };
  const base = reportOf([odd, { ...one, replay: HOSTILE }]);
  return {
    ...base,
    header: {
      ...base.header,
      filter: HOSTILE,
      subject: { name: HOSTILE, versions: { [HOSTILE]: HOSTILE }, sha256: null },
    },
    areas: base.areas.map((area) => ({ ...area, name: `${area.name}${HOSTILE}` })),
    checks: [
      {
        name: HOSTILE,
        clause: null,
        verdict: 'fail',
        message: HOSTILE,
        observed: [{ step: 'load', free: '5', load: HOSTILE }],
      },
    ],
    conclusion: HOSTILE,
  };
}

/** Checks of a device, all passed. */
export const CHECKS: ToldReport['checks'] = ['budget 0', 'fitting', 'upstream'].map((asked, at) => ({
  name: `tight-memory/room for 5 %/${asked}`,
  clause: null,
  verdict: 'pass',
  message: 'seen',
  observed: [{ step: 'load', free: String(95551488 + at), load: at === 2 ? '35' : '0', set: '17939968' }],
}));
