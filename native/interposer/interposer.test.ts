import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_CASES } from '../../conformance/cases/all-cases.js';
import { buildRequest } from '../../conformance/model/build-request.js';
import { ByteWriter } from '../../conformance/wire/byte-writer.js';
import { encodedOutcome } from '../../conformance/wire/encode-outcome.js';
import { encodeRequest } from '../../conformance/wire/encode-request.js';
import { loadSchemas } from '../../conformance/spec/schemas.js';
import { lackingCapability } from '../../conformance/process/needed-capability.js';
import type { LoadRequest } from '../../reference/request/load-request.js';
import { answerList } from '../../conformance/process/answers.js';
import { CaseBatch } from '../../conformance/protocol/case-batch.js';
import { policyOracles } from '../../conformance/oracle/oracle.js';
import { outOfProcessSubject } from '../../conformance/subjects/out-of-process-subject.js';
import type { OutOfProcessSubject } from '../../conformance/subjects/subject.js';
import { suiteRoot } from '../../conformance/suite-root.js';
import { skippedWithout } from '../../conformance/testing/skipped-without.js';

const root = suiteRoot();
const build = join(root, 'native/build');
const interposer = join(build, 'libtrtinterposer.so');

/** Of our delegate, which chooses automatic budgets itself. */
const expectedOf = policyOracles(() => null).fitting;

async function onTap(env: Readonly<Record<string, string>>): Promise<OutOfProcessSubject> {
  const args = ['--delegate', join(build, 'libtensorrt_delegate.so')];
  const stands = ['--tensorrt', interposer, '--cudart', interposer, '--simulator', interposer];
  const launch = { program: join(build, 'wsb-host'), args: [...args, ...stands], reaper: null, env };
  return outOfProcessSubject('interposed', launch, { schemas: loadSchemas(root), recorded: [] });
}

/** The outcomes of a batch of requests, all of which are answered. */
async function outcomesOf(subject: OutOfProcessSubject, requests: Uint8Array): Promise<Uint8Array> {
  const answers = answerList(await subject.answer(CaseBatch.of('program', requests)), 'program');
  return Buffer.concat(
    answers.map((answer) => {
      if (answer instanceof Uint8Array) return answer;
      throw new Error(answer.message);
    }),
  );
}

/** Whether a subject has all that a request needs; none of these loads a real plan. */
function plays({ capabilities }: OutOfProcessSubject, request: LoadRequest): boolean {
  return lackingCapability(request, capabilities, () => false) === null;
}

describe.skipIf(skippedWithout(existsSync(interposer)))('the interposer', () => {
  let subject: OutOfProcessSubject;
  beforeAll(async () => {
    subject = await onTap({
      WSB_INTERPOSED_TENSORRT: join(build, 'libnvinfer.so'),
      WSB_INTERPOSED_CUDART: join(build, 'libcudart.so'),
    });
  });
  afterAll(() => subject.close());

  it('tells the version of what stands behind it', () => {
    expect(subject.versions).toMatchObject({ tensorrt: '11.1.0 (simulated)' });
  });

  it('plays no device that shares the memory of the host and no threads in turn, and all else', () => {
    const left = ALL_CASES.filter(({ request }) => !plays(subject, buildRequest(request)));
    expect(new Set(left.flatMap(({ clauses }) => clauses))).toEqual(new Set(['WSB-AUTO-09', 'WSB-LIFE-18']));
    expect(
      left.filter(({ request }) => request.device.hostMemory === undefined && request.threads === undefined),
    ).toEqual([]);
  });

  it('shows of every case that it plays what the simulator shows without it', async () => {
    const requests = ALL_CASES.map(({ request }) => buildRequest(request)).filter((request) =>
      plays(subject, request),
    );
    const writer = new ByteWriter();
    for (const request of requests) encodeRequest(writer, request);
    const observed = await outcomesOf(subject, writer.take());
    const expected = Buffer.concat(requests.map((request) => encodedOutcome(expectedOf(request))));
    expect(Buffer.compare(observed, expected)).toBe(0);
  });

  it('lets no runtime be made when a library is missing', async () => {
    const lost = await onTap({
      WSB_INTERPOSED_TENSORRT: '/nowhere/libnvinfer.so',
      WSB_INTERPOSED_CUDART: interposer,
    });
    const writer = new ByteWriter();
    const [request] = ALL_CASES.map((one) => buildRequest(one.request));
    if (request === undefined) throw new Error('There are no cases.');
    encodeRequest(writer, request);
    const outcome = await outcomesOf(lost, writer.take());
    expect(Buffer.compare(outcome, encodedOutcome(expectedOf(request)))).not.toBe(0);
    await lost.close();
  });
});
