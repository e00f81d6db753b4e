import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeMovedCopy, type MovedCopy, type Placing } from './moved-copy.js';
import { hasSparseFiles } from './sparse-files.js';

let folder = '';
let source = '';
const MIB = 2 ** 20;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'moved-'));
  source = join(folder, 'source');
  writeFileSync(source, 'old head, and the rest');
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const NEW: Placing = { replaces: false, succeeds: false, check: () => undefined };
const REST: Omit<MovedCopy, 'source'> = { head: Buffer.from('new'), keptFrom: 9, keptAt: 12, size: 25 };
const write = (file: string, placing: Partial<Placing> = {}, copy: Partial<MovedCopy> = {}): Promise<void> =>
  writeMovedCopy(join(folder, file), { source, ...REST, ...copy }, { ...NEW, ...placing });

describe('writeMovedCopy', () => {
  it('puts the rest of a file behind another beginning', async () => {
    await write('copy');
    expect(readFileSync(join(folder, 'copy'), 'latin1')).toBe(
      `new${'\0'.repeat(9)} and the rest`.slice(0, 25),
    );
    expect(readdirSync(folder).sort()).toEqual(['copy', 'source']);
  });

  it('copies any number of pieces, at any offset, and keeps holes', async () => {
    const size = 5 * MIB + 7;
    const parts: readonly (readonly [number, string])[] = [
      [0, 'a'],
      [MIB - 1, 'bcd'],
      [3 * MIB + 5, 'e'],
      [size - 1, 'f'],
    ];
    const bytes = Buffer.alloc(size);
    for (const [at, text] of parts) bytes.write(text, at);
    for (const [keptFrom, moved] of [
      [0, 0],
      [1, 4096],
      [MIB, 1],
      [MIB + 3, 2 * MIB],
    ] as const) {
      writeFileSync(source, bytes);
      const keptAt = keptFrom + moved;
      await write(
        'copy',
        { replaces: true },
        { head: Buffer.from(''), keptFrom, keptAt, size: size + moved },
      );
      const copy = readFileSync(join(folder, 'copy'));
      expect(copy.length).toBe(size + moved);
      expect(copy.subarray(keptAt).equals(bytes.subarray(keptFrom))).toBe(true);
      expect(copy.subarray(0, keptAt).every((byte) => byte === 0)).toBe(true);
    }
  });

  it.skipIf(!hasSparseFiles())('takes no room, and little time, for a hole of 4 GiB', async () => {
    truncateSync(source, 2 ** 32);
    await write('copy', {}, { size: 2 ** 32 + 3 });
    const { size, blocks } = statSync(join(folder, 'copy'));
    expect(size).toBe(2 ** 32 + 3);
    expect(blocks * 512).toBeLessThan(8 * MIB);
  });

  it('replaces nothing unless it may, a link too, not even what comes meanwhile', async () => {
    writeFileSync(join(folder, 'there'), 'mine');
    symlinkSync('nowhere', join(folder, 'link'));
    await expect(write('there')).rejects.toThrow(/there exists already, so nothing is written there/);
    await expect(write('link')).rejects.toThrow('exists already');
    const check = (): void => {
      writeFileSync(join(folder, 'late'), 'mine');
    };
    await expect(write('late', { check })).rejects.toThrow('exists already');
    expect(['there', 'late'].map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([
      'mine',
      'mine',
    ]);
    expect(readdirSync(folder).sort()).toEqual(['late', 'link', 'source', 'there']);
  });

  it('replaces a file, or a link and not what it leads to, where it may', async () => {
    writeFileSync(join(folder, 'target'), 'mine');
    symlinkSync('target', join(folder, 'link'));
    await write('link', { replaces: true });
    expect(readFileSync(join(folder, 'target'), 'utf8')).toBe('mine');
    expect(statSync(join(folder, 'link')).size).toBe(25);
    mkdirSync(join(folder, 'folder'));
    await expect(write('folder', { replaces: true })).rejects.toThrow('is not a plain file');
  });

  it('succeeds a file with its permissions; other links to it keep the old one', async () => {
    writeFileSync(source, readFileSync(source), { mode: 0o600 });
    linkSync(source, join(folder, 'other'));
    const mode = statSync(source).mode;
    await write('source', { replaces: true, succeeds: true });
    expect(statSync(source).mode).toBe(mode);
    expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('old head, and the rest');
  });

  it('leaves nothing where the check, the source or the folder does not allow it', async () => {
    const check = (): void => {
      throw new Error('not as it should be');
    };
    await expect(write('copy', { check })).rejects.toThrow('not as it should be');
    await expect(write('copy', {}, { source: join(folder, 'gone') })).rejects.toThrow('ENOENT');
    await expect(write('copy', {}, { source: folder })).rejects.toThrow('EISDIR');
    await expect(write('nowhere/copy')).rejects.toThrow(/^There is no folder for .*copy\. Make it, /);
    expect(readdirSync(folder)).toEqual(['source']);
  });

  it('notices that the source changes', async () => {
    truncateSync(source, 100 * MIB);
    let told = 0;
    const onProgress = (): void => {
      told++;
      utimesSync(source, 0, 0);
    };
    const copying = write('copy', { onProgress }, { size: 100 * MIB + 3 });
    await expect(copying).rejects.toThrow(
      /source was changed while it was read\. Wait until nothing writes to it\./,
    );
    const shorter = write(
      'copy',
      {
        onProgress: () => {
          truncateSync(source, MIB);
        },
      },
      { size: 100 * MIB + 3 },
    );
    await expect(shorter).rejects.toThrow('was changed while it was read');
    expect(told).toBe(1);
    expect(readdirSync(folder)).toEqual(['source']);
  });

  it('leaves nothing when a signal ends the process, which it then does', async () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    const onProgress = (): void => {
      expect(readdirSync(folder)).toHaveLength(2);
      process.emit('SIGINT', 'SIGINT');
      expect(readdirSync(folder)).toEqual(['source']);
    };
    truncateSync(source, 100 * MIB);
    await expect(write('copy', { onProgress }, { size: 100 * MIB + 3 })).rejects.toThrow('ENOENT');
    expect(kill.mock.calls).toEqual([[process.pid, 'SIGINT']]);
    expect(process.listenerCount('SIGINT')).toBe(0);
  });
});
