import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseFromJson, type CaseJson } from '../wire/json/json-case.js';
import { wrongImplementation } from '../catalogue/catalogue.js';
import { suiteRoot } from '../suite-root.js';
import { skippedWithout } from '../testing/skipped-without.js';

const root = suiteRoot();
const launcher = join(root, 'scripts/trt-conformance.mjs');
const built = ['dist/conformance/cli/main.js', 'native/build/conformance.node'].every((file) =>
  existsSync(join(root, file)),
);
const folder = mkdtempSync(join(tmpdir(), 'native-mutants-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const MUTANTS = [
  'accept-plus',
  'no-clamp',
  'spec-over-option',
  'last-duplicate-wins',
  'fallback-for-explicit',
];

/** The command line in a process of its own: ExecuTorch holds one delegate a process. */
async function cli(args: readonly string[]): Promise<{ code: number | undefined; out: string }> {
  const { exitCode, all } = await execa(process.execPath, [launcher, ...args], { reject: false, all: true });
  return { code: exitCode, out: all };
}

/** A run that is small, with all kinds of cases in it. */
const runArgs = (subject: string, report: string): string[] => [
  'run',
  ...['--subject', subject, '--cases', '6000', '--decisions', '20000', '--jobs', '1', '--report', report],
];

describe.skipIf(skippedWithout(built))('a build of the delegate', () => {
  beforeAll(async () => {
    const chosen = MUTANTS.flatMap((name) => ['--mutant', name]);
    await execa(process.execPath, ['scripts/build.mjs', '--native-only', ...chosen], { cwd: root });
  });

  it.concurrent.each(MUTANTS)(
    'with the error %s is found, blamed on its clause and shown by a small case',
    async (name) => {
      const report = join(folder, name);
      const { code, out } = await cli(runArgs(`native:${name}`, report));
      expect(code, out).toBe(1);

      const findings = [...out.matchAll(/^(WSB-\w+-\d\d) \(\w+\) /gm)].map(([, clause]) => clause);
      expect(findings).toEqual([wrongImplementation(root, name).clause]);
      const files = readdirSync(join(report, 'findings'));
      expect(files).toHaveLength(1);
      for (const file of files) expect(engineCount(join(report, 'findings', file))).toBeLessThanOrEqual(2);

      const [, command = ''] = /^ +replay +npx trt-conformance (.*)$/m.exec(out) ?? [];
      const again = await cli(command.split(' '));
      expect(again.code, again.out).toBe(1);
      expect(again.out).toMatch(/^expected\n(?: .*\n)+observed\n(?: .*\n)+fail$/m);
    },
  );

  it.concurrent('without an error conforms', async () => {
    const { code, out } = await cli(runArgs('native', join(folder, 'native')));
    expect(code, out).toBe(0);
    expect(out).toMatch(
      /The subject conforms to profile delegate \((\d+) of \1 MUST clauses demonstrated\)\./,
    );
  });
});

function engineCount(file: string): number {
  const { request } = caseFromJson(
    JSON.parse(readFileSync(file, 'utf8')) as CaseJson,
    () => new Uint8Array(0),
  );
  if (request.program.kind !== 'methods') throw new Error(`${file} does not tell its program by its parts.`);
  return request.program.methods.flatMap(({ delegates }) => delegates).length;
}
