import { expect, it } from 'vitest';
import { LARGE_PROGRAMS } from '../cases/large-programs.js';
import { hasSparseFiles } from '../files/sparse-files.js';
import { skippedWithout } from '../testing/skipped-without.js';
import { main } from './main.js';

async function large(subject: string): Promise<{ code: number; text: string }> {
  let text = '';
  const code = await main(['large', '--subject', subject], {
    out: (more) => {
      text += more;
    },
    err: { write: (more: string) => (text += more) },
  });
  return { code, text };
}

const sparse = it.skipIf(skippedWithout(hasSparseFiles()));

sparse('large loads each program and ends with 0 where all agree (needs sparse files)', async () => {
  const { code, text } = await large('reference');
  expect(text.match(/^agree /gm)).toHaveLength(LARGE_PROGRAMS.length);
  expect(text).toMatch(/(\d+) of \1 large programs are loaded as the reference says\.\n$/);
  expect(code).toBe(0);
});

sparse('large ends with 1 where a program is loaded otherwise (needs sparse files)', async () => {
  const { code, text } = await large('reference:no-clamp');
  expect(text).toMatch(/^differ .*a budget above 6 GiB/m);
  expect(code).toBe(1);
});
