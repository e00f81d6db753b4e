import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HOSTILE } from '../cases/hostile.js';
import { decodeRequests } from '../protocol/decode-request.js';
import { hostileLines, hostileText } from '../report/hostile-text.js';
import { loadSchemas } from '../spec/schemas.js';
import type { IsolatedEnd } from '../subjects/isolated/isolated-end.js';
import { isolatedNative } from '../subjects/isolated/isolated-native.js';
import { DELEGATE_LIBRARY } from '../subjects/native-subject.js';
import { referenceOracle } from '../subjects/oracle.js';
import { suiteRoot } from '../suite-root.js';
import { skippedWithout } from '../testing/skipped-without.js';
import { filterOf } from './filter.js';
import { hostileCases, runHostile } from './run-hostile.js';

const root = suiteRoot();
const build = join(root, 'native/build');
const worker = join(root, 'dist/conformance/subjects/isolated/isolated-worker.js');
const built = existsSync(join(build, 'conformance.node')) && existsSync(worker);

/** Answers what the reference can answer, and ends all else as told. */
const orElse =
  (end: IsolatedEnd) =>
  (record: Uint8Array): Promise<IsolatedEnd> => {
    try {
      const [request] = decodeRequests(record);
      if (request === undefined) throw new Error('There is no request.');
      return Promise.resolve({ kind: 'answered', outcome: referenceOracle(() => null)(request) });
    } catch {
      return Promise.resolve(end);
    }
  };

describe('runHostile', () => {
  it('tells how each case ended, in order', async () => {
    const cases = HOSTILE.slice(0, 3);
    const results = await runHostile(cases, orElse({ kind: 'crashed', signal: 'SIGSEGV' }), 2);
    expect(results.map(({ case: one }) => one.id)).toEqual(cases.map(({ id }) => id));
    expect(hostileText(results)).toMatch(/: 3 crashed \(SIGSEGV\)\.\n.*none of them counts as passed\.$/);
    const late = await runHostile(cases, orElse({ kind: 'timed-out', milliseconds: 1 }), 9);
    expect(hostileText([...late, ...results])).toContain(': 3 crashed (SIGSEGV), 3 timed out.');
    const schemas = loadSchemas(root);
    for (const line of hostileLines([...results, ...late])) {
      expect(() => schemas.parse('report', JSON.stringify(line), 'line')).not.toThrow();
    }
  });

  it('says nothing when the control gets no answer either', async () => {
    const always = (): Promise<IsolatedEnd> => Promise.resolve({ kind: 'crashed', signal: 'SIGSEGV' });
    await expect(runHostile(HOSTILE, always, 1)).rejects.toMatchObject({ fault: 'broken' });
    expect(await runHostile([], always, 1)).toEqual([]);
  });

  it('runs what the filter chooses', () => {
    expect(hostileCases(null)).toEqual(HOSTILE);
    expect(hostileCases(filterOf('WSB-PROG-01'))).toEqual([]);
    expect(hostileCases(filterOf('hostile/no list*'))).toHaveLength(2);
  });
});

describe.skipIf(skippedWithout(built))('the native subject in a process of its own', () => {
  const isolated = isolatedNative(root, build, join(build, DELEGATE_LIBRARY));

  it('survives hostile files, and tells crashes from answers', async () => {
    const results = await runHostile(HOSTILE, isolated, 2);
    expect(results).toHaveLength(HOSTILE.length);
    const ends = new Map(results.map(({ case: { id }, end }) => [id, end]));
    expect(ends.get('hostile/no methods&verification=minimal')).toEqual({
      kind: 'crashed',
      signal: 'SIGSEGV',
    });
  }, 60_000);

  it('is broken when it ends by itself without an outcome', async () => {
    const nothing = isolatedNative(root, build, join(build, 'nowhere.so'));
    await expect(nothing(new Uint8Array(0))).rejects.toMatchObject({ fault: 'broken' });
    await expect(isolated(new Uint8Array(0))).rejects.toMatchObject({ fault: 'broken' });
    await expect(isolated(Uint8Array.of(1, 2, 3))).rejects.toMatchObject({ fault: 'broken' });
  });
});
