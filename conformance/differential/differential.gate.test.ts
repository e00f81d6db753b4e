import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSubject, type OpenSubject } from '../subjects/open-subject.js';
import { LIMITS } from '../protocol/process-limits.js';
import { suiteRoot } from '../suite-root.js';
import { skippedWithout } from '../testing/skipped-without.js';
import { Differential } from './differential.js';
import { seedPrograms } from './seed-programs.js';

const root = suiteRoot();
const built = existsSync(join(root, 'native/build/wsb-host'));
const PROGRAMS = 20_000;

describe.skipIf(skippedWithout(built))('reference and runtime', () => {
  let opened: OpenSubject;

  beforeAll(async () => {
    opened = await openSubject('native-process', root, 'test', { policy: 'fitting', limits: LIMITS });
  });

  afterAll(async () => {
    await opened.subject.close();
  });

  it('agree on mutated programs, of which few are undefined', async () => {
    const { subject, oracle } = opened;
    if (subject.kind !== 'out-of-process') throw new Error('the subject is not out of process');
    const differential = new Differential(oracle, subject, seedPrograms(root), 20_261_129);
    expect(await differential.run(PROGRAMS)).toEqual([]);
    const { programs, agree, undefined: reasons } = differential.tally;
    const without = [...reasons.values()].reduce((sum, count) => sum + count, 0);
    expect(agree + without).toBe(programs);
    expect(without).toBeLessThan(programs / 50);
  });
});
