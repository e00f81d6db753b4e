import { describe, expect, it } from 'vitest';
import { MAX_RECORD } from '../../wire/decision-format.js';
import { ByteWriter } from '../../wire/byte-writer.js';
import { checkDecision } from '../../wire/check-decision.js';
import { encodeDecision } from '../../wire/encode-decision.js';
import { countClasses, LEAST_CASES } from './dimension-classes.js';
import { DIMENSIONS, dimensionCases } from './dimensions.js';

const CASES = dimensionCases().map((make) => make());

describe('the cases of the dimensions', () => {
  it('have every class of every dimension often enough', () => {
    const rare = countClasses(CASES).filter(({ cases }) => cases < LEAST_CASES);
    expect(rare).toEqual([]);
  });

  it('are all records that there can be', () => {
    const writer = new ByteWriter();
    for (const one of CASES) {
      writer.clear();
      encodeDecision(writer, one);
      expect(checkDecision(writer.view(), 0)).toBeLessThanOrEqual(MAX_RECORD);
    }
  });

  it('begin with something of every dimension', () => {
    const count = Object.keys(DIMENSIONS).length;
    const firsts = Object.values(DIMENSIONS).map((list) => JSON.stringify(list()[0]?.(), asText));
    expect(CASES.slice(0, count).map((one) => JSON.stringify(one, asText))).toEqual(firsts);
  });
});

function asText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
