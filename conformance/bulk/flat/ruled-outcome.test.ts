import { describe, expect, it } from 'vitest';
import { STANDARD_RULES, WRONG_RULES } from '../../../reference/index.js';
import { loadRequests } from '../../generators/load-requests.js';
import { encodedOutcome } from '../../wire/encode-outcome.js';
import { referenceOracle } from '../../oracle/oracle.js';
import { CaseBlock, recordAt, type RecordBlock } from './case-block.js';
import { newMemory } from '../../wire/memory.js';
import { FlatModel } from './flat-model.js';
import { generatedFromRecord } from '../../generators/generated-from-record.js';
import { ruledOutcomes } from './ruled-outcome.js';

const BLOCKS = [1, 7, 9];

function blockOf(seed: number): RecordBlock {
  const block = new CaseBlock();
  block.fill(seed, seed);
  return block;
}

const recordsOf = (block: RecordBlock): Uint8Array[] =>
  Array.from({ length: block.count }, (_, index) => recordAt(block, index));

describe('ruledOutcomes', () => {
  it.each(BLOCKS)(
    'with the rules of the specification gives what the flat model does, in block %i',
    (seed) => {
      const block = blockOf(seed);
      const model = new FlatModel('decision');
      const out = newMemory(1 << 20);
      const end = model.decideBlock(block, block.end, out);
      const own = recordsOf(block).map((record) => ruledOutcomes('decision', record)(STANDARD_RULES));
      expect(Buffer.compare(Buffer.concat(own), out.bytes.subarray(0, end))).toBe(0);
    },
  );

  it.each(['refuse-silently', 'accept-minus-zero', 'no-clamp'])(
    'gives what a delegate with the rule %s does with the program of the record',
    (name) => {
      const rules = WRONG_RULES[name] ?? STANDARD_RULES;
      const [right, wrong] = [referenceOracle(() => null), referenceOracle(() => null, rules)];
      let different = 0;
      for (const record of recordsOf(blockOf(11))) {
        const [request] = loadRequests([generatedFromRecord(record)]);
        if (request === undefined) throw new Error('There is no request.');
        const expected = encodedOutcome(wrong(request));
        expect(Buffer.from(ruledOutcomes('program', record)(rules)).equals(expected)).toBe(true);
        if (Buffer.compare(expected, encodedOutcome(right(request))) !== 0) different++;
      }
      expect(different).toBeGreaterThan(0);
    },
  );
});
