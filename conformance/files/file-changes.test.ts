import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { fileChanges } from './file-changes.js';

const folder = mkdtempSync(join(tmpdir(), 'file-changes-'));
const build = join(folder, 'build');
const file = join(build, 'libx.so');

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function until(holds: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 200 && !holds(); tries++) await sleep(50);
  return holds();
}

describe('changes of files', () => {
  it('are told once they have come to rest, of a file that is written, replaced, or gone for a while', async () => {
    mkdirSync(build);
    writeFileSync(file, '1');
    let changes = 0;
    const stop = fileChanges([file], () => {
      changes++;
    });
    try {
      await sleep(600);
      expect(changes).toBe(0);
      for (let at = 0; at < 5; at++) {
        writeFileSync(file, `piece ${at}`);
        await sleep(20);
      }
      expect(await until(() => changes > 0)).toBe(true);
      await sleep(800);
      expect(changes).toBeLessThanOrEqual(2);
      const before = changes;
      writeFileSync(`${file}.new`, 'other');
      renameSync(`${file}.new`, file);
      expect(await until(() => changes > before)).toBe(true);
      const replaced = changes;
      rmSync(build, { recursive: true });
      await sleep(1200);
      expect(changes).toBe(replaced);
      mkdirSync(build);
      writeFileSync(file, 'again');
      expect(await until(() => changes > replaced)).toBe(true);
    } finally {
      stop();
    }
    const ended = changes;
    writeFileSync(file, 'unseen');
    await sleep(1000);
    expect(changes).toBe(ended);
  }, 60_000);
});
