import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';
import { suiteRoot } from '../suite-root.js';

const adapter = join(suiteRoot(), 'native/python/runner_subject.py');
const folder = mkdtempSync(join(tmpdir(), 'runner-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What the adapter says of one load when its runner does that, in the shell. */
async function told(script: string): Promise<unknown> {
  const runner = join(folder, 'runner');
  writeFileSync(runner, `#!/bin/sh\n${script}\n`);
  chmodSync(runner, 0o755);
  const request = {
    program: { hex: '' },
    device: { totalBytes: '1', freeBytes: '1', faults: [] },
    steps: [{ op: 'load', method: 'forward' }],
  };
  const lines = [{ message: 'hello' }, { message: 'run', seq: 7, request }, { message: 'stop' }];
  const { stdout } = await execa('python3', [adapter, runner, folder, '', '2.14.0'], {
    input: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
  });
  const [, , answer = ''] = stdout.split('\n');
  return JSON.parse(answer);
}

describe('the adapter of the released runner', () => {
  it('answers for what it knows', async () => {
    const loaded = ': > "$WSB_OBSERVED"';
    expect(await told(loaded)).toMatchObject({ seq: 7, outcome: { steps: [{ kind: 'ok' }] } });
    const refused = `${loaded}; echo "load_method('forward') failed: 0x23" >&2; exit 1`;
    const step = { kind: 'rejected', error: 'InvalidProgram' };
    expect(await told(refused)).toMatchObject({ seq: 7, outcome: { steps: [step] } });
  });

  it('says of a failure that it does not know that it could not run the case', async () => {
    expect(await told(': > "$WSB_OBSERVED"; echo "no such library" >&2; exit 127')).toEqual({
      message: 'failure',
      seq: 7,
      reason: 'the runner ended with 127, and this adapter does not know why: no such library',
    });
  });
});
