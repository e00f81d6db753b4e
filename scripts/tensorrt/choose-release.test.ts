import { expect, test } from 'vitest';

import { chooseRelease, knownInterfaces } from './choose-release.mjs';
import { TENSORRT_RELEASES } from './releases.mjs';

const [release] = TENSORRT_RELEASES;

test('the interfaces are those of the native part', async () => {
  const known = await knownInterfaces();
  expect(known).toContain('10.6');
  expect(known).toContain('11.1');
  expect(known).not.toContain('10.1');
});

test('a pinned release with a known interface is chosen', async () => {
  expect((await chooseRelease('10.6')).artifactVersion).toBe('10.6-1.5.11');
});

test.each(['10.06', '10', '10.6.0', ''])('version "%s" is not among the releases', async (version) => {
  await expect(chooseRelease(version)).rejects.toThrow('is not among the releases');
});

test('a release whose virtual tables were not checked is refused', async () => {
  await expect(chooseRelease('11.2', { interfaces: ['10.6'] })).rejects.toThrow('were not checked');
  await expect(chooseRelease('10.6', { interfaces: [] })).rejects.toThrow('were not checked');
});

test('a release whose jar is not pinned is refused', async () => {
  const releases = release === undefined ? [] : [{ ...release, jar: null }];
  await expect(chooseRelease('10.6', { releases, interfaces: ['10.6'] })).rejects.toThrow('is not pinned');
});
