import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { suiteRoot } from '../suite-root.js';

const root = suiteRoot();
const report = mkdtempSync(join(tmpdir(), 'lost-output-'));
const script = join(root, 'scripts/trt-conformance.mjs');
const ARGS = ['run', '--subject', 'reference:no-clamp', '--filter', 'WSB-APPLY-*', '--report', report];

beforeAll(async () => {
  await execa(process.execPath, ['scripts/build.mjs', '--ts-only'], { cwd: root });
}, 120_000);

afterAll(() => {
  rmSync(report, { recursive: true });
});

async function inShell(command: string): Promise<{ readonly code: string; readonly err: string }> {
  const { stdout, stderr } = await execa('bash', ['-c', command, process.execPath, script, ...ARGS]);
  return { code: stdout.trimEnd().split('\n').at(-1) ?? '', err: stderr };
}

const lastLine = (): unknown => {
  const [line = ''] = readFileSync(join(report, 'report.jsonl'), 'utf8').trimEnd().split('\n').slice(-1);
  return JSON.parse(line);
};

describe('a run whose output nobody takes', () => {
  it.each([
    ['a reader that has seen enough', '"$0" "$@" | true; echo ${PIPESTATUS[0]}', '1', /^$/],
    ['a full disk', '"$0" "$@" > /dev/full; echo $?', '4', /output could not be written to its end.*ENOSPC/],
    ['a full disk for messages', '"$0" "$@" 2> /dev/full; echo $?', '1', /^$/],
  ])('writes its report: %s', async (_, command, code, message) => {
    rmSync(join(report, 'report.jsonl'), { force: true });
    const ended = await inShell(command);
    expect(ended.code).toBe(code);
    expect(ended.err).toMatch(message);
    expect(lastLine()).toMatchObject({ record: 'footer', outcome: 'does-not-conform', exitCode: 1 });
  });
});
