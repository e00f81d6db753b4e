import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSubject } from '../subjects/open-subject.js';
import { suiteRoot } from '../suite-root.js';
import { skippedWithout } from '../testing/skipped-without.js';
import { hasSparseFiles } from '../files/sparse-files.js';
import { loadPeak, type LoadPeak } from './load-peak.js';

const root = suiteRoot();
const isBuilt = existsSync(join(root, 'native/build/wsb-host'));
const hasUpstream = existsSync(join(root, 'native/build/upstream/wsb-host-upstream'));
const PLAN_BYTES = 2 ** 32;

async function peakOf(name: string): Promise<LoadPeak> {
  const { subject } = await openSubject(name, root, 'test');
  if (subject.kind !== 'out-of-process') throw new Error(`${name} has no process of its own.`);
  return loadPeak(subject, 2, PLAN_BYTES);
}

describe.skipIf(skippedWithout(isBuilt && hasSparseFiles()))(
  'the memory of a host that loads two plans of 4 GiB (needs the native part and sparse files)',
  () => {
    it('holds no copy of a plan, and maps one at a time, since a blob is freed', async () => {
      const { resident, mapped } = await peakOf('native-process');
      expect(resident).toBeLessThan(0.01);
      expect(mapped).toBeLessThan(1.05);
    });

    it.skipIf(!hasUpstream)('is not more than with upstream (needs its host)', async () => {
      const [ours, upstream] = [await peakOf('native-process'), await peakOf('upstream')];
      expect(ours.resident).toBeLessThan(upstream.resident + 0.01);
      expect(ours.mapped).toBeLessThan(upstream.mapped + 0.01);
    });
  },
);
