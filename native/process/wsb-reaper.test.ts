import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

const reaper = fileURLToPath(new URL('../build/wsb-reaper', import.meta.url));

const here = String(process.pid);

/** Starts the command in its arguments, and tells its process id. */
const PARENT = `
const { spawn } = require('node:child_process');
const child = spawn(process.argv[1], [String(process.pid), ...process.argv.slice(2)], { stdio: 'ignore' });
console.log(child.pid);
setInterval(() => {}, 1000);
`;

/** Whether a process does nothing any more; its parent need not have noticed. */
function isDead(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1').includes(') Z ');
  } catch {
    return true;
  }
}

async function dies(pid: string): Promise<boolean> {
  for (let tries = 0; tries < 100 && !isDead(pid); tries += 1) await sleep(50);
  return isDead(pid);
}

describe('wsb-reaper', () => {
  it('lets nothing outlive the process that started it, however that one ends', async () => {
    const parent = execa(process.execPath, ['-e', PARENT, reaper, 'sleep', '60'], { reject: false });
    const [output] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = output.toString().trim();
    expect(isDead(pid)).toBe(false);
    parent.kill('SIGKILL');
    await parent;
    expect(await dies(pid)).toBe(true);
  });

  it('ends what the command started, too, also in a session of its own', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wsb-reaper-'));
    const file = join(folder, 'pid');
    const command = ['sh', '-c', `setsid sleep 60 & echo $! > ${file}; exec sleep 60`];
    const parent = execa(process.execPath, ['-e', PARENT, reaper, ...command], { reject: false });
    const written = (): string => (existsSync(file) ? readFileSync(file, 'latin1').trim() : '');
    for (let tries = 0; tries < 200 && written() === ''; tries += 1) await sleep(25);
    const pid = written();
    rmSync(folder, { recursive: true });
    expect(isDead(pid)).toBe(false);
    parent.kill('SIGKILL');
    await parent;
    expect(await dies(pid)).toBe(true);

    const ended = await execa(reaper, [here, 'sh', '-c', 'setsid sleep 60 > /dev/null & echo $!']);
    expect(await dies(ended.stdout)).toBe(true);
  });

  it('ends by the signal that ends the command, and at once by SIGTERM', async () => {
    const crashed = await execa(reaper, [here, 'sh', '-c', 'kill -SEGV $$'], { reject: false });
    expect(crashed.signal).toBe('SIGSEGV');
    const stubborn = execa(
      reaper,
      [here, 'sh', '-c', 'trap "" TERM; echo ready; while :; do sleep 1; done'],
      {
        reject: false,
      },
    );
    await once(stubborn.stdout, 'data');
    stubborn.kill('SIGTERM');
    expect((await stubborn).signal).toBe('SIGKILL');
  });

  it('passes input, output and exit code through', async () => {
    const { stdout, exitCode } = await execa(reaper, [here, 'sh', '-c', 'cat; exit 7'], {
      input: 'a',
      reject: false,
    });
    expect(stdout).toBe('a');
    expect(exitCode).toBe(7);
  });

  it('says so when there is no such command', async () => {
    const { stderr, exitCode } = await execa(reaper, [here, 'no-such-command'], { reject: false });
    expect(stderr).toContain('no-such-command');
    expect(exitCode).toBe(127);
    expect((await execa(reaper, { reject: false })).exitCode).toBe(2);
    expect((await execa(reaper, ['sh', 'true'], { reject: false })).exitCode).toBe(2);
  });

  it('starts nothing when the process that wanted it is gone already', async () => {
    const { stdout, exitCode } = await execa(reaper, ['1', 'echo', 'started'], { reject: false });
    expect(stdout).toBe('');
    expect(exitCode).toBe(3);
  });
});
