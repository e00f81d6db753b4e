import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadClauses } from '../../spec/load-clauses.js';
import { loadSchemas } from '../../spec/schemas.js';
import { filterOf } from '../../model/filter.js';
import type { RunResult } from '../../model/run-result.js';
import { referenceOracle } from '../../oracle/oracle.js';
import type { ProcessLimits } from '../../protocol/process-limits.js';
import { conclude } from '../../run/conclusion.js';
import { planRun } from '../../run/plan/plan-run.js';
import { run } from '../../run/run.js';
import { outOfProcessSubject } from '../../subjects/out-of-process-subject.js';
import { suiteRoot } from '../../suite-root.js';
import { HUNG } from './faults.js';

/*
 * No verdict is lost with a hang that does not come back, and a subject that does not answer again
 * and again ends its run early.
 */

const root = suiteRoot();
const schemas = loadSchemas(root);
const main = join(root, 'dist/conformance/testing/faulty-subjects/main.js');
const folder = mkdtempSync(join(tmpdir(), 'hangs-'));
const LIMITS: ProcessLimits = { hello: 5_000, case: 600, exit: 2_000, incidents: 50 };

beforeAll(async () => {
  await execa(process.execPath, ['scripts/build.mjs', '--ts-only'], { cwd: root });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A run of some written cases on a faulty subject. */
async function runOn(name: string, filter: string): Promise<{ result: RunResult; exitCode: number }> {
  const launch = { program: process.execPath, args: [main, name], reaper: null };
  const subject = await outOfProcessSubject(
    name,
    { ...launch, env: { [HUNG]: join(folder, name) } },
    { schemas, recorded: [], limits: LIMITS },
  );
  const oracle = referenceOracle(() => null);
  const plan = planRun({
    ...{ root, schemas, policies: { own: 'fitting', oracles: { fitting: oracle, upstream: oracle } } },
    ...{ seed: 1, cases: 0, decisions: 0, exhaustive: false, written: true, filter: filterOf(filter) },
  });
  const result = await run({ subject, oracle }, plan);
  const clauses = loadClauses(root);
  return { result, exitCode: conclude({ ...result, clauses, demonstration: null }).exitCode };
}

describe('a hang', () => {
  it('that does not come back is told and counts', async () => {
    const { result, exitCode } = await runOn('hangs-once', 'WSB-PREC-01/*');
    expect(result.verdicts).toMatchObject({ 'timed-out': 1, fail: 0, inconclusive: 0 });
    expect(result.verdicts.pass).toBeGreaterThan(2);
    expect(result.findings).toMatchObject([
      { verdict: 'timed-out', occurrences: 1, recurrence: { kind: 'lost' } },
    ]);
    expect(exitCode).toBe(1);
  });

  it('at every case ends the run after three of them', async () => {
    const { result, exitCode } = await runOn('hears-nothing', 'WSB-PREC-*');
    expect(result.verdicts).toMatchObject({ 'timed-out': 3, pass: 0 });
    expect(result.verdicts.inconclusive).toBeGreaterThan(10);
    expect(exitCode).toBe(3);
  });
});
