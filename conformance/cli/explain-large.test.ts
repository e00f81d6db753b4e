import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { explainProgram, paddedTo, type ByteSource } from '../../reference/index.js';
import { PlainFile } from '../files/plain-file.js';
import { writeSource } from '../files/write-source.js';
import { largeProgram } from '../testing/large-program.js';
import { skippedWithout } from '../testing/skipped-without.js';
import { hasSparseFiles } from '../files/sparse-files.js';
import { main } from './main.js';

const folder = mkdtempSync(join(tmpdir(), 'large-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const ENGINES = 8;
/** 60 GB in all. */
const LARGE = 7_500_000_000;
const SMALL = 10_700;

/** Writes a program of eight engines of so many bytes. */
function written(name: string, engineBytes: number): string {
  const file = join(folder, name);
  writeSource(file, largeProgram(Array<number>(ENGINES).fill(engineBytes)));
  return file;
}

async function explained(file: string): Promise<{ code: number; text: string }> {
  let text = '';
  const code = await main(['explain', file], {
    out: (more) => {
      text += more;
    },
    err: { write: (more: string) => (text += more) },
  });
  return { code, text };
}

/** A text without what depends on sizes and places. */
const withoutSizes = (text: string): string => text.replace(/[\d,]{5,} bytes|^.*?: /gm, '…');

describe('explain of a program of 60 GB', () => {
  it.skipIf(skippedWithout(hasSparseFiles()))(
    'says what it says of a small one, and reads no more (needs sparse files)',
    async () => {
      const [large, small] = [written('large.pte', LARGE), written('small.pte', SMALL)];
      expect(statSync(large).size).toBeGreaterThan(60e9);
      const [ofLarge, ofSmall] = [await explained(large), await explained(small)];
      expect(ofLarge.text).toContain('unknown plan of 7,500,000,000 bytes');
      expect(ofLarge.text).toContain('weight_streaming_budget="8192"');
      expect(withoutSizes(ofLarge.text)).toBe(withoutSizes(ofSmall.text));
      expect(ofLarge.code).toBe(ofSmall.code);
      expect(bytesRead(large)).toBe(bytesRead(small));
      expect(bytesRead(large)).toBeLessThan(20_000);
    },
  );

  it('refuses one whose data is not in segments, since that is read as a whole', async () => {
    const file = join(folder, 'inline.pte');
    writeSource(file, paddedTo(2 ** 32, new TextEncoder().encode('\0\0\0\0ET12')));
    const { code, text } = await explained(file);
    expect(code).toBe(2);
    expect(text).toContain('a part of 4294967296 bytes at offset 0 that has to be read as a whole');
    expect(text).toContain('in segments');
  });
});

function bytesRead(file: string): number {
  const opened = new PlainFile(file);
  let bytes = 0;
  const counted: ByteSource = {
    size: opened.size,
    read: (at, size) => {
      bytes += size;
      return opened.read(at, size);
    },
  };
  try {
    explainProgram(counted, null);
  } finally {
    opened.close();
  }
  return bytes;
}
