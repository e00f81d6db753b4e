import { beforeAll, describe, expect, it } from 'vitest';
import { rulesUnder, runReference, type LoadRequest } from '../../reference/index.js';
import { ALL_CASES } from '../cases/all-cases.js';
import { falteringBuilds } from '../catalogue/catalogue.js';
import { callsOf, failingOnce, failingTwice, withCleanLoads } from '../generators/fault-plans.js';
import { buildRequest } from '../model/build-request.js';
import { openSubject } from '../subjects/open-subject.js';
import { suiteRoot } from '../suite-root.js';
import { type FailingTally, runFailing } from './failing-calls.js';

/*
 * Every written case is the program of many more: each call of TensorRT and of CUDA that it makes
 * fails in turn, and then each pair of them, the second as the first lets it come. Behind each
 * stands a load that no failure reaches. What the delegate does is what the reference does: it
 * leaves nothing alive, and a failure does not reach the loads to come.
 */

const root = suiteRoot();
const context = { rules: rulesUnder('fitting') };
/** Calls of a case at most whose pairs are made to fail; in the long gates there are more. */
const MOST_CALLS = process.env['TEST_GATES'] === 'long' ? 40 : 16;

/** Cases that have a program of methods, and one thread. */
const requests: readonly LoadRequest[] = ALL_CASES.filter(
  ({ request, isolated }) => request.program.kind === 'methods' && request.threads === undefined && !isolated,
).map(({ request }) => buildRequest(request));
/** Cases in which everything goes well as they are written. */
const untroubled = requests.filter((request) => {
  const { steps, engines } = runReference(request, context);
  const calls = engines.flatMap((engine) => engine.calls);
  return (
    steps.every(({ kind }) => kind === 'ok') &&
    calls.every((call) => !('ok' in call) || call.ok) &&
    request.device.faults.length === 0
  );
});
const isSmall = (request: LoadRequest): boolean => callsOf(request, context).length <= MOST_CALLS;
const small = requests.filter(isSmall);

function* failing(
  of: readonly LoadRequest[],
  plans: (request: LoadRequest, context: object) => Iterable<LoadRequest>,
): Generator<LoadRequest> {
  for (const request of of) for (const each of plans(request, context)) yield withCleanLoads(each);
}

async function ranOn(name: string, asked: Iterable<LoadRequest>): Promise<FailingTally> {
  const { subject } = await openSubject(name, root, 'test');
  if (subject.kind === 'in-process') throw new Error('It runs in a process of its own.');
  try {
    return await runFailing(subject, context, asked);
  } finally {
    await subject.close();
  }
}

describe('a call that fails', () => {
  let singles: FailingTally;
  let pairs: FailingTally;

  beforeAll(async () => {
    singles = await ranOn('native-process', failing(requests, failingOnce));
    pairs = await ranOn('native-process', failing(small, failingTwice));
    console.log(`${singles.requests} requests with a call that fails, ${pairs.requests} with two`);
  });

  it('is met as by the reference, at each place of each written case', () => {
    expect(singles.requests).toBeGreaterThan(15_000);
    expect(singles.differing).toEqual([]);
    expect(singles.leaking).toBe(0);
  });

  it('is met so behind each other one', () => {
    expect(pairs.requests).toBeGreaterThan(10_000);
    expect(pairs.differing).toEqual([]);
    expect(pairs.leaking).toBe(0);
  });

  it.each(falteringBuilds(root).map(({ name }) => name))('twice shows that %s is wrong', async (name) => {
    const plain = untroubled.filter(isSmall);
    const once = await ranOn(`native-process:${name}`, failing(plain, failingOnce));
    const twice = await ranOn(`native-process:${name}`, failing(plain, failingTwice));
    expect(once.differing).toEqual([]);
    expect(twice.differing.length).toBeGreaterThan(0);
  });
});
