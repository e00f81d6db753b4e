import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { main } from '../../conformance/cli/main.js';
import { splitCommand } from '../../conformance/subjects/executable.js';
import { suiteRoot } from '../../conformance/suite-root.js';
import { makeKit } from './make-kit.js';
import { unfolded } from '../../conformance/testing/unfolded.js';

/* A library that cannot execute, and what --lacks makes of its verdict. */

const root = suiteRoot();
const scratch = mkdtempSync(join(tmpdir(), 'lacking-backend-'));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

async function cli(...argv: readonly string[]): Promise<{ readonly code: number; readonly out: string }> {
  let out = '';
  const write = (text: string): void => void (out += text);
  const code = await main(argv, { out: write, err: { write } });
  return { code, out };
}

/** A short run: all that is written, and a few generated decisions. */
async function run(
  subject: string,
  ...more: readonly string[]
): Promise<{ code: number; out: string; report: string }> {
  const report = mkdtempSync(join(scratch, 'report-'));
  const counts = ['--cases', '0', '--decisions', '256', '--report', report];
  return { ...(await cli('run', '--subject', subject, ...counts, ...more)), report };
}

/** The library, made quickly, of a backend that does not execute. */
function library(): Promise<string> {
  const file = join(scratch, 'backend.cpp');
  const source = readFileSync(join(root, 'native/kit/backend.cpp'), 'utf8');
  const call = 'return wsb::ExecuteEngine(*static_cast<wsb::EngineHandle*>(handle), args);';
  expect(source).toContain(call);
  const lacking = 'return handle || args.empty() ? Error::NotSupported : Error::Ok;';
  writeFileSync(file, source.replace(call, lacking));
  return makeKit(scratch, 'backend.so', (command, args) => ({
    command,
    args: args.replace('native/kit/backend.cpp', file).replace('-O2', '-O0'),
  }));
}

describe('a library that does not execute', () => {
  it('breaks clauses, but with --lacks it is incomplete, in its report and its commands too', async () => {
    const subject = `so:${await library()}`;
    const wrong = await run(subject);
    expect(unfolded(wrong.out)).toMatch(/does not conform to profile delegate: .*WSB-LIFE-09/);
    expect(wrong.code).toBe(1);

    const { code, out, report } = await run(subject, '--lacks', 'execute');
    const [told = 'nothing', missing = ''] =
      /^incomplete: \d+ MUST clauses of profile delegate not demonstrated \((.*)\)/m.exec(unfolded(out)) ??
      [];
    expect(missing).toContain('WSB-LIFE-09');
    expect(missing).not.toContain('WSB-PARSE');
    expect(out).not.toMatch(/^WSB-\S+ \(MUST\)/m);
    expect(out).toMatch(/\d+ {2}the subject does not have the capability execute/);
    expect(code).toBe(5);
    const [header = ''] = readFileSync(join(report, 'report.jsonl'), 'utf8').split('\n');
    expect(JSON.parse(header)).toMatchObject({ options: { lacks: ['execute'] } });
    expect((await cli('verify', join(report, 'report.jsonl'))).out).toContain(`Verified. ${told}`);

    const [, replay = ''] = /^ {2}replay +(.*)$/m.exec(out) ?? [];
    expect(replay).toContain(' --lacks execute ');
    const [, , ...argv] = splitCommand(replay);
    expect((await cli(...argv)).out).toMatch(/^fail$/m);
  });
});
