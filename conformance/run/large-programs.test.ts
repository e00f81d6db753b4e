import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LARGE_PROGRAMS, largeRequest } from '../cases/large-programs.js';
import { programOnDisk } from '../files/program-on-disk.js';
import { writeSource } from '../files/write-source.js';
import { openSubject } from '../subjects/open-subject.js';
import { suiteRoot } from '../suite-root.js';
import { skippedWithout } from '../testing/skipped-without.js';
import { hasSparseFiles } from '../files/sparse-files.js';
import { programVerdict } from './program-verdict.js';

const root = suiteRoot();
const isBuilt = existsSync(join(root, 'native/build/wsb-host'));
const folder = mkdtempSync(join(tmpdir(), 'large-programs-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe.skipIf(skippedWithout(isBuilt && hasSparseFiles()))(
  'a large program in a file (needs the native part and sparse files)',
  () => {
    const opened = openSubject('native', root, 'test');
    const file = join(folder, 'large.pte');

    it.each(LARGE_PROGRAMS)('is loaded as the reference says: $title', async (one) => {
      writeSource(file, one.program());
      const verdict = await programVerdict(await opened, largeRequest(one, programOnDisk(file)));
      if (!('outcome' in verdict.observed)) throw new Error(JSON.stringify(verdict.observed));
      expect(one.expectation.check(verdict.observed.outcome)).toBeNull();
      expect(verdict.verdict).toBe('agree');
    });

    it('is unsupported where the subject loads no files', async () => {
      const { subject, oracle } = await opened;
      const lacking = { ...subject, capabilities: { ...subject.capabilities, files: false } };
      const [first] = LARGE_PROGRAMS;
      if (first === undefined) throw new Error('There is no case.');
      const request = largeRequest(first, programOnDisk(file));
      const { verdict } = await programVerdict({ subject: lacking, oracle }, request);
      expect(verdict).toBe('unsupported');
    });
  },
);
