import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { suiteRoot } from '../suite-root.js';

/*
 * `explain -`: a program from standard input, through a pipe or from a file. The command is run in
 * processes of its own, as it was built last.
 */

const root = suiteRoot();
const SCRIPT = join(root, 'scripts/trt-conformance.mjs');
const PROGRAM = join(root, 'golden/exporter/two_engines_budget_8192.pte');
const scratch = mkdtempSync(join(tmpdir(), 'input-'));
let temporary = '';

beforeEach(() => {
  temporary = mkdtempSync(join(scratch, 'tmp-'));
});

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

function explain(args: readonly string[], input = new Uint8Array(0)) {
  return execa(process.execPath, [SCRIPT, 'explain', ...args], {
    input,
    env: { TMPDIR: temporary },
    reject: false,
  });
}

describe('explain -', () => {
  it('says of a program in a pipe what it says of its file, and leaves nothing', async () => {
    const piped = await explain(['-'], readFileSync(PROGRAM));
    const named = await explain([PROGRAM]);
    expect(piped.exitCode).toBe(0);
    expect(piped.stdout.replace('standard input:', `${PROGRAM}:`)).toBe(named.stdout);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('takes a file that stands on standard input as it is', async () => {
    const command = '"$0" "$1" explain - --json < "$2"';
    const { stdout, exitCode } = await execa('sh', ['-c', command, process.execPath, SCRIPT, PROGRAM]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ file: 'standard input', kind: 'program' });
  });

  it('tells beside others, once, as SARIF, and ends with 1 for what is no program', async () => {
    const { stdout, exitCode } = await explain(
      ['-', PROGRAM, '-', '--sarif'],
      new TextEncoder().encode('no program'),
    );
    expect(exitCode).toBe(1);
    const [run] = (JSON.parse(stdout) as { runs: { artifacts: object[]; results: object[] }[] }).runs;
    expect(run?.artifacts).toHaveLength(2);
    expect(run?.results).toContainEqual(expect.objectContaining({ level: 'error' }));
  });

  it('says of a plan that nobody recorded that it is unknown', async () => {
    const bytes = readFileSync(PROGRAM);
    const at = bytes.indexOf('ftrt');
    if (at < 0) throw new Error('The program has no plan of TensorRT.');
    bytes[at + 40] = (bytes[at + 40] ?? 0) ^ 1;
    const { stdout } = await explain(['-'], bytes);
    expect(stdout).toMatch(/unknown plan of [\d,]+ bytes, streamable size unknown/);
  });

  it('says that there is nothing, and that a part is missing', async () => {
    expect(await explain(['-'], new Uint8Array(0))).toMatchObject({ exitCode: 1 });
    const cut = await explain(['-'], readFileSync(PROGRAM).subarray(0, 20_000));
    expect(cut.exitCode).toBe(1);
    expect(cut.stdout).toMatch(/standard input.*(?:not a program|error)/s);
  });

  it('waits for a writer that is slow, and leaves nothing when it is killed', async () => {
    const child = spawn(process.execPath, [SCRIPT, 'explain', '-'], {
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    child.stdin.write(readFileSync(PROGRAM).subarray(0, 1000));
    await new Promise((done) => setTimeout(done, 1500));
    expect(child.exitCode).toBeNull();
    child.kill('SIGKILL');
    await new Promise((done) => child.once('close', done));
    expect(readdirSync(temporary)).toEqual([]);
  });
});
