import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { skippedWithout } from '../testing/skipped-without.js';
import { planRun } from '../run/plan/plan-run.js';
import { run } from '../run/run.js';
import { loadSchemas } from '../spec/schemas.js';
import { suiteRoot } from '../suite-root.js';
import { openSubject } from './open-subject.js';

const root = suiteRoot();
const built = existsSync(join(root, 'native/build/wsb-host'));

describe.skipIf(skippedWithout(built))('native-process', () => {
  it('agrees with the oracle on every written case, as the native subject in this process does', async () => {
    const opened = await openSubject('native-process', root, 'test');
    const plan = planRun({
      root,
      schemas: loadSchemas(root),
      policies: opened.policies,
      seed: 7,
      cases: 12_000,
      decisions: 0,
      exhaustive: false,
      written: true,
      filter: null,
    });
    const result = await run(
      opened,
      plan.filter(({ kind }) => kind !== 'bulk'),
    );
    await opened.subject.close();
    expect(result.findings).toEqual([]);
    expect(result.verdicts).toMatchObject({ fail: 0, unsupported: 0, crashed: 0, 'timed-out': 0 });
    expect(opened.subject.versions).toMatchObject({ executorch: '1.5.1' });
  }, 120_000);
});
