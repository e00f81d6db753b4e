import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { ALL_CASES } from '../cases/all-cases.js';
import { buildRequest } from '../model/build-request.js';
import { CaseBlock, recordAt } from '../bulk/flat/case-block.js';
import { OUTCOME_ENGINE, OUTCOME_HEADER } from '../wire/decision-format.js';
import { generatedBlocks } from '../generators/blocks.js';
import { loadRequests } from '../generators/load-requests.js';
import { Random } from '../generators/random.js';
import { ByteWriter } from '../wire/byte-writer.js';
import { encodeRequest } from '../wire/encode-request.js';
import { readRecords } from '../wire/read-records.js';
import { DELEGATE_LIBRARY } from '../subjects/native-library.js';
import { nativeSubject } from '../subjects/native-subject.js';
import { openSubject } from '../subjects/open-subject.js';
import { CaseBatch } from '../protocol/case-batch.js';
import { answerList } from '../process/answers.js';
import { suiteRoot } from '../suite-root.js';
import { skippedWithout } from '../testing/skipped-without.js';
import { BlockSeeds } from '../generators/block-seeds.js';

/*
 * What a case comes to must not depend on what ran before it, beside it, or in the same process: an
 * outcome that does is one of the suite's own making. Cases that are written down go with generated
 * ones, since they hold the rarer scripts.
 */

const SEED = 20_261_122;
const GENERATED = 3000;
const DECISION_BLOCKS = 16;
const FRESH_ALONE = 8;

const root = suiteRoot();
const build = join(root, 'native/build');
const delegate = join(build, DELEGATE_LIBRARY);
const worker = join(root, 'dist/conformance/testing/native-worker.js');
const built = [join(build, 'conformance.node'), join(build, 'wsb-host'), worker].every((file) =>
  existsSync(file),
);

/** A depth: its cases as records, how a batch of them is run, and how the answer is taken apart. */
interface Depth {
  readonly records: readonly Uint8Array[];
  readonly run: (batch: Uint8Array) => Uint8Array | Promise<Uint8Array>;
  readonly split: (answer: Uint8Array) => [start: number, end: number][];
}

describe.skipIf(skippedWithout(built)).each(['program', 'decision'] as const)('at %s depth', (name) => {
  let depth: Depth;
  let batched: readonly string[];

  beforeAll(async () => {
    const { run, decide } = nativeSubject('native', build, delegate, []);
    if (decide === null) throw new Error('The native subject has no decision depth.');
    depth =
      name === 'program'
        ? { records: requestRecords(), run, split: readRecords }
        : { records: decisionRecords(), run: decide, split: decisionOutcomes };
    batched = await outcomes(depth.records);
  }, 60_000);

  /** The outcome of each record, all in one batch. */
  const outcomes = async (
    records: readonly Uint8Array[],
    run: Depth['run'] = depth.run,
  ): Promise<readonly string[]> => {
    const answer = await run(Buffer.concat(records));
    return depth
      .split(answer)
      .map(([start, end]) => Buffer.from(answer.subarray(start, end)).toString('hex'));
  };

  const fresh = async (batch: Uint8Array): Promise<Uint8Array> => {
    const { stdout } = await execa(process.execPath, [worker, build, delegate, name], {
      input: batch,
      encoding: 'buffer',
      maxBuffer: 1 << 28,
    });
    return stdout;
  };

  it('has some thousand cases, of many outcomes', () => {
    expect(depth.records.length).toBeGreaterThan(3000);
    expect(batched).toHaveLength(depth.records.length);
    expect(new Set(batched).size).toBeGreaterThan(depth.records.length / 20);
  });

  it('one at a time, cases come to the same', async () => {
    const alone: string[] = [];
    for (const record of depth.records) alone.push(...(await outcomes([record])));
    expect(differing(alone, batched)).toEqual([]);
  });

  it('in batches of any size', async () => {
    for (const size of [2, 7, 64, 1000]) {
      const found: string[] = [];
      for (let at = 0; at < depth.records.length; at += size) {
        found.push(...(await outcomes(depth.records.slice(at, at + size))));
      }
      expect(differing(found, batched)).toEqual([]);
    }
  });

  it('in another order', async () => {
    for (const seed of [1, 2, 3]) {
      const order = permutation(depth.records.length, seed);
      const found = await outcomes(order.map((at) => depth.records[at] ?? new Uint8Array(0)));
      expect(
        differing(
          found,
          order.map((at) => batched[at]),
        ),
      ).toEqual([]);
    }
  });

  it('over again, and several times in a row', async () => {
    expect(differing(await outcomes(depth.records), batched)).toEqual([]);
    const found = await outcomes(depth.records.flatMap((record) => [record, record, record]));
    expect(
      differing(
        found,
        batched.flatMap((outcome) => [outcome, outcome, outcome]),
      ),
    ).toEqual([]);
  });

  it('out of process, over the protocol', async () => {
    const { subject } = await openSubject('native-process', root, 'test');
    if (subject.kind === 'in-process') throw new Error('It runs in a process of its own.');
    const answers = await subject.answer(CaseBatch.of(name, Buffer.concat(depth.records)));
    await subject.close();
    const found = answerList(answers, name).map((answer) =>
      answer instanceof Uint8Array ? Buffer.from(answer).toString('hex') : answer.message,
    );
    expect(differing(found, batched)).toEqual([]);
  });

  it('in a fresh process, all of them and each as its first', async () => {
    expect(differing(await outcomes(depth.records, fresh), batched)).toEqual([]);
    const step = Math.floor(depth.records.length / FRESH_ALONE);
    for (let at = 0; at < depth.records.length; at += step) {
      const found = await outcomes(depth.records.slice(at, at + 1), fresh);
      expect(found).toEqual(batched.slice(at, at + 1));
    }
  }, 60_000);
});

function requestRecords(): Uint8Array[] {
  const written = ALL_CASES.map(({ request }) => buildRequest(request));
  const generated = [...generatedBlocks(SEED, GENERATED)].flatMap(loadRequests);
  return [...written, ...generated].map((request) => {
    const writer = new ByteWriter();
    encodeRequest(writer, request);
    return writer.take();
  });
}

function decisionRecords(): Uint8Array[] {
  const block = new CaseBlock();
  const seeds = new BlockSeeds(SEED);
  return Array.from({ length: DECISION_BLOCKS }, (_, number) => {
    block.fill(seeds.at(number), number);
    return Array.from({ length: block.count }, (_none, index) => recordAt(block, index));
  }).flat();
}

/** Where the outcomes of decision depth lie, `[start, end)` in bytes (spec/decision-format.md). */
function decisionOutcomes(answer: Uint8Array): [start: number, end: number][] {
  const places: [number, number][] = [];
  for (let at = 0; at < answer.length;) {
    const end = at + OUTCOME_HEADER + OUTCOME_ENGINE * (answer[at + 1] ?? 0);
    places.push([at, end]);
    at = end;
  }
  return places;
}

function permutation(count: number, seed: number): number[] {
  const random = new Random(seed);
  const order = Array.from({ length: count }, (_, at) => at);
  for (let left = count - 1; left > 0; left--) {
    const other = random.below(left + 1);
    [order[left], order[other]] = [order[other] ?? 0, order[left] ?? 0];
  }
  return order;
}

/** The places, counted from 0, at which two lists differ; a place that only one has is one. */
function differing(found: readonly string[], expected: readonly (string | undefined)[]): number[] {
  const length = Math.max(found.length, expected.length);
  return Array.from({ length }, (_, at) => at).filter((at) => found[at] !== expected[at]);
}
