import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemorySource, SparseSource } from '../../reference/index.js';
import { skippedWithout } from '../testing/skipped-without.js';
import { hasSparseFiles } from './sparse-files.js';
import { PlainFile } from './plain-file.js';
import { writeSource } from './write-source.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'write-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const bytes = Uint8Array.of(1, 2, 3);

describe('writeSource', () => {
  it('writes pieces at their places, those of files too', () => {
    const [first, second] = [join(folder, 'first'), join(folder, 'second')];
    writeSource(first, new MemorySource(bytes));
    const opened = new PlainFile(first);
    writeSource(
      second,
      new SparseSource(8, [
        { at: 1, source: opened },
        { at: 5, source: new SparseSource(2, [{ at: 1, source: new MemorySource(bytes.subarray(0, 1)) }]) },
      ]),
    );
    opened.close();
    expect([...readFileSync(second)]).toEqual([0, 1, 2, 3, 0, 0, 1, 0]);
    expect(readdirSync(folder)).toEqual(['first', 'second']);
  });

  it.skipIf(skippedWithout(hasSparseFiles()))(
    'writes beyond 2^32, and takes room for the pieces alone (needs sparse files)',
    () => {
      const file = join(folder, 'large');
      writeSource(file, new SparseSource(2 ** 36, [{ at: 2 ** 33 + 1, source: new MemorySource(bytes) }]));
      expect(statSync(file)).toMatchObject({ size: 2 ** 36 });
      expect(statSync(file).blocks).toBeLessThan(2 ** 12);
      const opened = new PlainFile(file);
      expect([...opened.read(2 ** 33, 5)]).toEqual([0, 1, 2, 3, 0]);
      opened.close();
    },
  );

  it('leaves nothing when a source cannot be read', () => {
    const file = join(folder, 'file');
    const broken = {
      size: 3,
      read: () => {
        throw new Error('gone');
      },
    };
    expect(() => {
      writeSource(file, broken);
    }).toThrow('gone');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('PlainFile', () => {
  it('says that a file has become shorter, and what to do', () => {
    const file = join(folder, 'file');
    writeSource(file, new MemorySource(bytes));
    const opened = new PlainFile(file);
    expect(() => opened.read(1, 3)).toThrow(/ends at offset 3, but had 3 bytes .* Wait until/);
    opened.close();
  });
});
