import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WRONG_RULES } from '../../reference/index.js';
import { decodeOutcomes } from '../wire/decode-outcome.js';
import { WireError } from '../wire/wire-error.js';
import { planRun } from '../run/plan/plan-run.js';
import { run } from '../run/run.js';
import { loadSchemas } from '../spec/schemas.js';
import { suiteRoot } from '../suite-root.js';
import { skippedWithout } from '../testing/skipped-without.js';
import { nativeSubject } from './native-subject.js';
import { BulkThreads } from '../bulk/bulk-threads.js';
import { openSubject } from './open-subject.js';
import type { InProcessSubject, Subject } from './subject.js';

const root = suiteRoot();
const built = existsSync(join(root, 'native/build/conformance.node'));

function inProcess(subject: Subject): InProcessSubject {
  if (subject.kind === 'in-process') return subject;
  throw new Error(`${subject.name} is out of process.`);
}

describe('openSubject', () => {
  it('opens the reference and its variants', async () => {
    for (const name of ['reference', ...Object.keys(WRONG_RULES).map((variant) => `reference:${variant}`)]) {
      const { subject } = await openSubject(name, root, '1.2.3', { recorded: [] });
      expect(subject.name).toBe(name);
      expect(subject.versions).toEqual({ reference: '1.2.3' });
      expect(decodeOutcomes(inProcess(subject).run(new Uint8Array(0)))).toEqual([]);
    }
  });

  it('refuses a malformed batch', async () => {
    const { subject } = await openSubject('reference', root, 'test');
    expect(() => inProcess(subject).run(Uint8Array.of(1, 2, 3))).toThrow(WireError);
  });

  it.each([
    ['nobody', /There are: reference, reference:VARIANT, native, native:MUTANT, native-process/],
    ['reference:nothing', /There are: accept-plus, /],
    ['native:nothing', /There are: accept-plus, /],
    ['', /There is no subject/],
  ])('says what there is when asked for "%s"', async (name, message) => {
    const opened = openSubject(name, root, 'test');
    await expect(opened).rejects.toMatchObject({
      fault: 'unknown',
      message: expect.stringMatching(message) as string,
    });
  });

  it('says what to do when the native part is not built', () => {
    const nowhere = join(root, 'nowhere');
    expect(() => nativeSubject('native', nowhere, join(nowhere, 'x.so'), [])).toThrow(
      /not built: there is no .*conformance\.node\. Run npx trt-conformance build/,
    );
  });
});

describe.skipIf(skippedWithout(built))('the native subject', () => {
  it('conforms: written, golden, recorded and generated cases', async () => {
    const opened = await openSubject('native', root, 'test');
    const { policies } = opened;
    const schemas = loadSchemas(root);
    const plan = planRun({
      root,
      schemas,
      policies,
      seed: 7,
      cases: 60_000,
      decisions: 100_000,
      exhaustive: false,
      written: true,
      filter: null,
    });
    const pool = new BulkThreads(
      inProcess(opened.subject),
      { subject: 'native', root, version: 'test', seed: 7 },
      1,
    );
    const result = await run(opened, plan, { pool });
    expect(result.findings).toEqual([]);
    expect(opened.subject.versions['executorch']).toBe('1.5.1');
  }, 120_000);
});
