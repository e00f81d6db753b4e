import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';
import { withTemporaryFolder } from './temporary-folder.mjs';

const place = mkdtempSync(join(tmpdir(), 'temporary-'));
afterAll(() => {
  rmSync(place, { recursive: true });
});
const prefix = join(place, 'new-');

describe('a temporary folder', () => {
  it('is there while it is used, and gone afterwards', async () => {
    const seen = await withTemporaryFolder(prefix, (folder) => {
      writeFileSync(join(folder, 'file'), '');
      return Promise.resolve(readdirSync(place));
    });
    expect(seen).toHaveLength(1);
    expect(readdirSync(place)).toEqual([]);
  });

  it('is gone after an error, which is passed on', async () => {
    await expect(withTemporaryFolder(prefix, () => Promise.reject(new Error('full')))).rejects.toThrow(
      'full',
    );
    expect(readdirSync(place)).toEqual([]);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('is gone when the process is ended by %s', async (signal, code) => {
    const module = fileURLToPath(new URL('temporary-folder.mjs', import.meta.url));
    const program = `
      import { writeFileSync } from 'node:fs';
      import { withTemporaryFolder } from ${JSON.stringify(module)};
      await withTemporaryFolder(${JSON.stringify(prefix)}, (folder) => new Promise((end) => {
        writeFileSync(folder + '/file', '');
        setTimeout(end, 60_000);
        process.kill(process.pid, '${signal}');
      }));`;
    const ended = await execa(process.execPath, ['--input-type=module', '--eval', program], {
      reject: false,
    });
    expect(ended.exitCode).toBe(code);
    expect(readdirSync(place)).toEqual([]);
  });
});
