import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';
import { suiteRoot } from '../../conformance/suite-root.js';

const root = suiteRoot();
const wheel = join(root, 'native/.deps/upstream-torch-tensorrt-2.14.0');
const scratch = mkdtempSync(join(tmpdir(), 'wsb-runner-'));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

/** The exit code of a part of the cases that demonstrates no whole clause. */
const INCOMPLETE = 5;

/** How many cases of a run on the subject have each verdict. */
async function verdicts(
  subject: string,
  filter: string,
  code = INCOMPLETE,
): Promise<Readonly<Record<string, number>>> {
  const args = [
    'run',
    '--subject',
    subject,
    '--filter',
    filter,
    '--require=-delegate',
    '--cases',
    '0',
    '--report',
    scratch,
  ];
  const command = [join(root, 'scripts/trt-conformance.mjs'), ...args];
  const { exitCode, stdout } = await execa(process.execPath, command, { reject: false });
  expect(stdout).toContain('executorch 1.4.1');
  expect(exitCode).toBe(code);
  const footer = readFileSync(join(scratch, 'report.jsonl'), 'utf8').trimEnd().split('\n').at(-1) ?? '';
  return (JSON.parse(footer) as { verdicts: Record<string, number> }).verdicts;
}

// They take a download: `node scripts/build.mjs --upstream-runner` (and `--upstream`) makes them.
describe.skipIf(!existsSync(wheel))('the C++ runner of torch-tensorrt', () => {
  it('loads and executes the programs of the released exporter', async () => {
    const found = await verdicts('upstream-runner', 'golden/exporter/released/*');
    expect(found).toMatchObject({ pass: 6, fail: 0, 'expected-fail': 0, crashed: 0 });
  }, 60_000);

  it('does as the specification says of devices, but for what is listed', async () => {
    const found = await verdicts('upstream-runner', 'WSB-DEV-*');
    expect(found).toMatchObject({ fail: 0, crashed: 0 });
    expect(found['pass']).toBeGreaterThan(80);
  }, 60_000);
});

describe.skipIf(!existsSync(join(root, 'native/build/upstream/wsb-host-upstream')))(
  "ExecuTorch 1.4.1 in upstream's wheel",
  () => {
    it.each(['upstream', 'native-1.4.1'])(
      'loads and executes the programs of the released exporter, with %s',
      async (subject) => {
        const found = await verdicts(subject, 'golden/exporter/released/*');
        expect(found).toMatchObject({ pass: 48, fail: 0, 'expected-fail': 0, crashed: 0 });
      },
      60_000,
    );

    it('has our delegate in the place of the one that registered itself', async () => {
      // That one leaves the device of a load current.
      const found = await verdicts('native-1.4.1', 'WSB-LIFE-*', 0);
      expect(found).toMatchObject({ fail: 0, 'expected-fail': 0, crashed: 0 });
      expect(found['pass']).toBeGreaterThan(80);
    }, 60_000);
  },
);
