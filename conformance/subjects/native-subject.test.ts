import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ALL_CASES } from '../cases/all-cases.js';
import { buildRequest } from '../model/build-request.js';
import { isDamaged } from '../model/case.js';
import { HOSTILE } from '../cases/hostile.js';
import { encodedRequest } from '../wire/encode-request.js';
import { BlockRunner } from '../run/blocks/block-runner.js';
import { runHostile } from '../run/run-hostile.js';
import { suiteRoot } from '../suite-root.js';
import { skippedWithout } from '../testing/skipped-without.js';
import { openSubject } from './open-subject.js';
import type { Launch } from '../process/launch.js';
import { hostLaunch } from './host-launch.js';
import { nativeLibrary } from './native-library.js';
import { LIMITS } from '../protocol/process-limits.js';
import type { PerCaseProcess } from '../process/per-case-process.js';
import { nativeAfresh } from './out-of-process-subject.js';

const root = suiteRoot();
const built = ['conformance.node', 'wsb-host'].every((file) => existsSync(join(root, 'native/build', file)));

describe.skipIf(skippedWithout(built))('the native subject in a process of its own', () => {
  let launch: Launch;
  let perCase: PerCaseProcess;
  const damaged = ALL_CASES.filter(isDamaged).map((one) => buildRequest(one.request));

  beforeAll(async () => {
    launch = hostLaunch({ root }, await nativeLibrary(root, null));
    perCase = nativeAfresh(launch, []).perCaseProcess;
  });

  it('survives hostile files, and tells crashes from answers', async () => {
    const { results, control } = await runHostile(HOSTILE, perCase);
    expect(control).toBeNull();
    expect(results).toHaveLength(HOSTILE.length);
    const ends = new Map(results.map(({ case: { id }, end }) => [id, end]));
    expect(ends.get('hostile/no methods&verification=minimal')).toMatchObject({
      kind: 'crashed',
      signal: 'SIGSEGV',
      cases: 1,
    });
  });

  it('answers each damaged file as it does in one process with all others', async () => {
    const { subject, oracle } = await openSubject('native', root, 'test');
    const runner = new BlockRunner(subject, oracle);
    expect(damaged.length).toBeGreaterThan(30);
    expect(await runner.runPerCaseProcess(damaged)).toEqual([]);
    expect(await runner.run(damaged)).toEqual([]);
  });

  it('tells of a file that ends its process, and of no other', async () => {
    const { subject, oracle } = await openSubject('native', root, 'test');
    const hostile = HOSTILE.find(({ id }) => id === 'hostile/no methods&verification=minimal');
    const [first, second] = damaged;
    if (hostile === undefined || first === undefined || second === undefined) throw new Error('missing');
    const block = [first, buildRequest(hostile.request), second];
    // Of the hostile file no outcome is demanded; any will do.
    const expected = [null, new Uint8Array(20), null];
    const found = await new BlockRunner(subject, oracle).runPerCaseProcess(block, { kept: expected });
    expect(found).toMatchObject([
      { at: 1, observed: new Uint8Array(0), incident: { kind: 'crashed', signal: 'SIGSEGV', cases: 1 } },
    ]);
  });

  it('is broken when it does not even start, and tells of what it refuses', async () => {
    const nothing = nativeAfresh(
      { ...launch, args: ['--delegate', join(root, 'nowhere.so')] },
      [],
    ).perCaseProcess;
    const [request] = damaged;
    if (request === undefined) throw new Error('missing');
    await expect(nothing(encodedRequest(request))).rejects.toMatchObject({ fault: 'broken' });
    const short = new Uint8Array(24);
    new DataView(short.buffer).setUint32(0, 24, true);
    expect(await perCase(short)).toMatchObject({ kind: 'protocol-error', cases: 1 });
  });

  it('does not wait for ever', async () => {
    const late = nativeAfresh({ program: '/bin/sh', args: ['-c', 'sleep 60'], reaper: launch.reaper }, [], {
      ...LIMITS,
      hello: 50,
    });
    await expect(late.perCaseProcess(new Uint8Array(0))).rejects.toMatchObject({ fault: 'broken' });
  });
});
