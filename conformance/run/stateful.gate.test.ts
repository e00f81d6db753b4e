import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { statefulBuilds } from '../catalogue/catalogue.js';
import type { Recurrence } from '../model/recurrence.js';
import { suiteRoot } from '../suite-root.js';
import { skippedWithout } from '../testing/skipped-without.js';

const root = suiteRoot();
const launcher = join(root, 'scripts/trt-conformance.mjs');
const built = ['dist/conformance/cli/main.js', 'native/build/wsb-host'].every((file) =>
  existsSync(join(root, file)),
);
const folder = mkdtempSync(join(tmpdir(), 'stateful-'));
const BUILDS = statefulBuilds(root).map(({ name }) => name);

interface FindingLine {
  readonly record: string;
  readonly clause: string;
  readonly recurrence?: Recurrence;
  readonly replay: string;
}

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function cli(args: readonly string[]): Promise<{ code: number | undefined; out: string }> {
  const { exitCode, all } = await execa(process.execPath, [launcher, ...args], { reject: false, all: true });
  return { code: exitCode, out: all };
}

/** What a delegate keeps from load to load is found, named as state, and seen again by its file. */
describe.skipIf(skippedWithout(built))('a delegate with state', () => {
  beforeAll(async () => {
    const chosen = BUILDS.flatMap((name) => ['--mutant', name]);
    await execa(process.execPath, ['scripts/build.mjs', '--native-only', ...chosen], { cwd: root });
  });

  it('is one of ten kinds at least', () => {
    expect(BUILDS.length).toBeGreaterThanOrEqual(10);
  });

  it.each(BUILDS)('%s', async (name) => {
    const report = join(folder, name);
    const generated = ['--cases', '6000', '--decisions', '20000', '--jobs', '1'];
    const { code, out } = await cli(['run', '--subject', `native:${name}`, ...generated, '--report', report]);
    expect(code, out).toBe(1);
    const states = readFileSync(join(report, 'report.jsonl'), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as FindingLine)
      .filter(({ record, recurrence }) => record === 'finding' && isState(recurrence));
    expect(states.map(({ clause }) => clause)).toContain('WSB-MULTI-07');
    for (const { replay } of states) {
      const again = await cli(replay.replace(/^npx trt-conformance /, '').split(' '));
      expect(again.code, again.out).toBe(1);
      expect(again.out).toMatch(/\nfail$/);
    }
  });
});

function isState(recurrence: Recurrence | undefined): boolean {
  return recurrence?.kind === 'sequence' || recurrence?.kind === 'first';
}
