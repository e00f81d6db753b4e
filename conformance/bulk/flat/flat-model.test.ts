import { describe, expect, it } from 'vitest';
import { decide } from '../../../reference/rules/decide.js';
import { parseBudget } from '../../../reference/rules/parse-budget.js';
import { decodeDecision, decodeDecisionOutcome } from '../../wire/decode-decision.js';
import { memoryOf, newMemory } from '../../wire/memory.js';
import { FlatBudget } from './flat-budget.js';
import { FlatModel } from './flat-model.js';
import { Random } from '../../generators/random.js';
import { writeBudgetText } from './budget-text.js';
import { writeCase } from './write-case.js';

const block = newMemory(1 << 20);
const outcomes = newMemory(1 << 20);

describe('FlatBudget', () => {
  const flat = new FlatBudget();
  const agree = (text: Uint8Array): void => {
    const expected = parseBudget(text);
    expect(flat.parse(memoryOf(text), 0, text.length)).toBe(expected.ok);
    if (expected.ok) expect((BigInt(flat.high) << 32n) | BigInt(flat.low)).toBe(expected.budget);
  };

  it.each(['0', '1', '4294967295', '4294967296', '9999999999', '9223372036854775807', '9223372036854775808'])(
    'agrees with the reference on %s',
    (text) => {
      agree(new TextEncoder().encode(text));
    },
  );

  it('agrees with the reference on generated texts', () => {
    const random = new Random(7);
    for (let i = 0; i < 50_000; i++)
      agree(block.bytes.slice(0, writeBudgetText(random, block.bytes, 0, 16_384)));
  });
});

describe('FlatModel', () => {
  it('agrees with the readable model, case by case', () => {
    const random = new Random(11);
    const model = new FlatModel('decision');
    for (let i = 0; i < 20_000; i++) {
      writeCase(random, block, 0, i < 100);
      model.decide(block, 0, outcomes, 0);
      const subject = decodeDecision(block.bytes, 0);
      expect({ subject, outcome: decodeDecisionOutcome(outcomes.bytes, 0) }).toEqual({
        subject,
        outcome: decide(subject),
      });
    }
  });

  it('writes the outcomes of a block one behind the other', () => {
    const random = new Random(3);
    let end = 0;
    const starts: number[] = [];
    for (let i = 0; i < 64; i++) {
      starts.push(end);
      end = writeCase(random, block, end, false);
    }
    const model = new FlatModel('decision');
    const length = model.decideBlock(block, end, outcomes);
    const whole = outcomes.bytes.slice(0, length);
    const single = newMemory(1 << 12);
    let at = 0;
    for (const start of starts) {
      const size = model.decide(block, start, single, 0);
      expect(whole.subarray(at, at + size)).toEqual(single.bytes.subarray(0, size));
      at += size;
    }
    expect(at).toBe(length);
  });
});
