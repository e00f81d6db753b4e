import { describe, expect, it } from 'vitest';
import { buildRequest } from '../model/build-request.js';
import { requestToJson } from '../wire/json/json-request.js';
import { arbitraryBlocks } from './arbitrary-blocks.js';
import { BLOCK_CASES, drawBlock, generatedBlocks } from './blocks.js';
import { caseRequest } from './case-request.js';
import { firstCases } from './first-cases.js';
import type { GeneratedCase } from './generated-case.js';
import { loadRequests } from './load-requests.js';

const cases = (seed: number, count: number): GeneratedCase[] => [...generatedBlocks(seed, count)].flat();
const texts = (list: readonly GeneratedCase[]): string[] =>
  list.map((generated) => JSON.stringify(requestToJson(caseRequest(generated))));

describe('generatedBlocks', () => {
  it('gives as many cases as asked for, in blocks', () => {
    for (const count of [0, 1, BLOCK_CASES, 1000, 3000]) expect(cases(1, count)).toHaveLength(count);
    expect([...generatedBlocks(1, 3000)].every((block) => block.length <= BLOCK_CASES)).toBe(true);
  });

  it('gives the same cases for the same seed, others for another, and a prefix for fewer', () => {
    expect(texts(cases(1, 1500))).toEqual(texts(cases(1, 1500)));
    expect(texts(cases(1, 900))).toEqual(texts(cases(1, 1500)).slice(0, 900));
    expect(texts(cases(2, 1500)).slice(-500)).not.toEqual(texts(cases(1, 1500)).slice(-500));
  });

  it('begins with the boundaries, whatever the seed', () => {
    const first = firstCases();
    expect(texts(cases(99, first.length))).toEqual(texts(first));
    expect(new Set(texts(first)).size).toBeGreaterThan(300);
  });

  it('seldom draws a case twice', () => {
    const drawn = texts(drawBlock(7, 4000));
    expect(new Set(drawn).size).toBeGreaterThan(3850);
  });
});

describe('loadRequests', () => {
  it('gives byte for byte what the descriptions of the cases give', () => {
    const block = [...drawBlock(11, 300), ...[...arbitraryBlocks(11, 60)].flat()];
    const fast = loadRequests(block);
    for (const [at, generated] of block.entries()) {
      expect(fast[at]).toEqual(buildRequest(caseRequest(generated)));
    }
  });
});

describe('arbitraryBlocks', () => {
  it('gives the same cases for the same seed', () => {
    expect(texts([...arbitraryBlocks(1, 300)].flat())).toEqual(texts([...arbitraryBlocks(1, 300)].flat()));
    expect([...arbitraryBlocks(1, 300)].flat()).toHaveLength(300);
  });
});
