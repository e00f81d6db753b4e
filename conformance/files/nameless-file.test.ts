import { closeSync, fstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openNamelessFile, openUnlinked } from './nameless-file.js';

const folder = mkdtempSync(join(tmpdir(), 'nameless-file-'));
const opened: number[] = [];

afterEach(() => {
  for (const file of opened.splice(0)) closeSync(file);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe.each([
  ['openNamelessFile', openNamelessFile],
  ['openUnlinked', openUnlinked],
])('%s', (_, open) => {
  it('gives a file of this user alone that has no name', () => {
    const file = open('some-', folder);
    opened.push(file);
    expect(readdirSync(folder)).toEqual([]);
    expect(fstatSync(file)).toMatchObject({ size: 0, nlink: 0 });
    expect(fstatSync(file).mode & 0o777).toBe(0o600);
    writeSync(file, 'text');
    expect(fstatSync(file).size).toBe(4);
  });

  it.skipIf(process.platform !== 'linux')('which other processes of the user can read', () => {
    const file = open('some-', folder);
    opened.push(file);
    writeSync(file, 'text');
    expect(readFileSync(`/proc/${process.pid}/fd/${file}`, 'utf8')).toBe('text');
  });

  it('throws where there is no folder for temporary files', () => {
    expect(() => open('some-', join(folder, 'none'))).toThrow('ENOENT');
  });
});
