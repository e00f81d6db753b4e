import { describe, expect, it } from 'vitest';
import { parseBudget } from './parse-budget.js';
import type { DeliveredOption, DeliveredValue } from './delivered-option.js';
import { BUDGET_KEY } from './budget-key.js';
import type { BudgetChoice } from './budget-choice.js';
import { ChoiceTrace } from './choice-trace.js';
import { chooseBudget } from './choose-budget.js';
import type { CompileSpec } from './find-spec.js';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const spec = (value: string, key: string = BUDGET_KEY): CompileSpec => ({ key, value: text(value) });
const option = (value: DeliveredValue, key: string = BUDGET_KEY): DeliveredOption => ({ key, value });
const string = (value: string): DeliveredOption => option({ type: 'array', bytes: text(value) });
const int = (value: number): DeliveredOption => option({ type: 'int', value });
const bool = (value: boolean): DeliveredOption => option({ type: 'bool', value });
const choose = (options: DeliveredOption[], specs: CompileSpec[]): BudgetChoice =>
  chooseBudget(options, specs, parseBudget);

const fromOption = (budget: bigint): BudgetChoice => ({
  kind: 'explicit',
  source: 'option',
  budget,
  ignoredOption: false,
});
const fromSpec = (budget: bigint, ignoredOption = false): BudgetChoice => ({
  kind: 'explicit',
  source: 'compile-spec',
  budget,
  ignoredOption,
});

describe('chooseBudget with an option', () => {
  it('takes a valid string or int before any compile spec (WSB-OPT-01, WSB-OPT-02, WSB-PREC-01 to 03)', () => {
    for (const specs of [[], [spec('7')], [spec('bad')], [spec('7'), spec('7')]]) {
      expect(choose([string('5')], specs)).toEqual(fromOption(5n));
      expect(choose([int(0)], specs)).toEqual(fromOption(0n));
      expect(choose([int(2 ** 31 - 1)], specs)).toEqual(fromOption(2n ** 31n - 1n));
    }
  });

  it.each([
    [int(-1), 'WSB-OPT-03'],
    [int(-(2 ** 31)), 'WSB-OPT-03'],
    [bool(true), 'WSB-OPT-04'],
    [bool(false), 'WSB-OPT-04'],
    [string(' '), 'WSB-OPT-09'],
    [string('-0'), 'WSB-OPT-09'],
  ])('rejects %j although a valid compile spec is there (WSB-PREC-09)', (bad, clause) => {
    expect(choose([bad], [spec('7')])).toMatchObject({ kind: 'rejected', source: 'option', clause });
  });

  it('ignores an empty string and says so (WSB-OPT-05, WSB-OPT-06)', () => {
    expect(choose([string('')], [spec('7')])).toEqual(fromSpec(7n, true));
    expect(choose([string('\x005')], [])).toEqual({ kind: 'automatic', ignoredOption: true });
    expect(choose([string('')], [spec('bad')])).toMatchObject({ kind: 'rejected', clause: 'WSB-PREC-07' });
  });

  it('looks at 256 bytes and none behind a NUL (WSB-OPT-07, WSB-OPT-08)', () => {
    expect(choose([string('5\0junk')], [])).toEqual(fromOption(5n));
    expect(choose([string('0'.repeat(255) + '7')], [])).toEqual(fromOption(7n));
    expect(choose([string('0'.repeat(256) + 'x')], [])).toEqual(fromOption(0n));
  });

  it('lets the first of equal keys decide (WSB-OPT-12)', () => {
    expect(choose([string('1'), string('2')], [])).toEqual(fromOption(1n));
    expect(choose([string(''), string('2')], [])).toEqual({ kind: 'automatic', ignoredOption: true });
  });

  it('does not look at other keys (WSB-OPT-11)', () => {
    const other = option({ type: 'int', value: -1 }, 'weight_streaming_budge');
    expect(choose([other], [spec('7')])).toEqual(fromSpec(7n));
  });
});

describe('chooseBudget without an option', () => {
  it('takes a single valid compile spec (WSB-PREC-04, WSB-PREC-10)', () => {
    expect(choose([], [spec('x', 'a'), spec('7'), spec('', 'b')])).toEqual(fromSpec(7n));
  });

  it('leaves the choice to TensorRT when there is none (WSB-PREC-05)', () => {
    expect(choose([], [])).toEqual({ kind: 'automatic', ignoredOption: false });
  });

  it.each([[['7', '7']], [['7', '8']], [['bad', '7']], [['', '']]])(
    'rejects two compile specs %j whatever they say (WSB-PREC-06)',
    (values) => {
      const specs = values.map((value) => spec(value));
      expect(choose([], specs)).toMatchObject({
        kind: 'rejected',
        source: 'compile-spec',
        clause: 'WSB-PREC-06',
      });
    },
  );

  it.each(['', ' 7', '7\0', '9223372036854775808'])(
    'rejects a malformed compile spec %j (WSB-PREC-07)',
    (value) => {
      expect(choose([], [spec(value)])).toMatchObject({ kind: 'rejected', clause: 'WSB-PREC-07' });
    },
  );

  it.each([
    'weight_streaming_budge',
    'weight_streaming_budgets',
    'Weight_streaming_budget',
    '',
    ' weight_streaming_budget',
  ])('does not take key %j for its own (WSB-PREC-08)', (key) => {
    expect(choose([], [spec('7', key)])).toEqual({ kind: 'automatic', ignoredOption: false });
  });

  it('compares a key up to its first NUL (WSB-PREC-11)', () => {
    expect(choose([], [spec('7', `${BUDGET_KEY}\0x`)])).toEqual(fromSpec(7n));
    expect(choose([], [spec('7', `${BUDGET_KEY}\0x`), spec('7')])).toMatchObject({ clause: 'WSB-PREC-06' });
  });
});

describe('the trace of a choice', () => {
  const zeros = (count: number, more = ''): string => `${'0'.repeat(count)}${more}`;

  it.each<[string, DeliveredOption[], CompileSpec[], value: string, option: string, spec: string]>([
    ['a string', [string('5')], [], '', 'OPT-01', ''],
    ['leading zeros', [string('05')], [], 'PARSE-02', 'OPT-01', ''],
    ['a wide number', [], [spec('2147483648')], 'PARSE-01', '', 'PREC-04'],
    ['an integer', [int(5)], [], '', 'OPT-02', ''],
    ['a negative integer', [int(-5)], [spec('7')], '', 'OPT-03', 'PREC-09'],
    ['a malformed string', [string('5x')], [], 'PARSE-07', 'OPT-09', ''],
    ['bytes behind a NUL', [string('5\0x')], [], 'OPT-08', 'OPT-01', ''],
    ['a string without a NUL', [string(zeros(256))], [], 'OPT-07 PARSE-02', 'OPT-01', ''],
    ['a string of 255 bytes', [string(zeros(255))], [], 'OPT-13 PARSE-02', 'OPT-01', ''],
    ['two options', [string('1'), string('2')], [], 'OPT-12', 'OPT-01', ''],
    ['an empty string', [string('')], [spec('7')], '', 'OPT-05', 'PREC-04'],
    ['an empty string with more behind it', [string('\x005')], [], '', 'OPT-08 OPT-05', 'PREC-05'],
    ['another key', [{ ...string('5'), key: 'other' }], [], '', 'OPT-11', 'PREC-05'],
    ['an option over a compile spec', [string('5')], [spec('7')], '', 'OPT-01', 'PREC-01'],
    ['an option over a bad one', [string('5')], [spec('x')], '', 'OPT-01', 'PREC-02'],
    ['an option over two', [string('5')], [spec('7'), spec('7')], '', 'OPT-01', 'PREC-03'],
    ['two compile specs', [], [spec('7'), spec('7')], '', '', 'PREC-06 PREC-04'],
    ['a malformed compile spec', [], [spec('')], 'PARSE-05', '', 'PREC-07 PREC-04'],
    ['a compile spec of another key', [], [spec('7', 'other')], '', '', 'PREC-08 PREC-05'],
  ])('of %s', (_, options, specs, value, option, compileSpec) => {
    const trace = new ChoiceTrace([], true);
    expect(chooseBudget(options, specs, parseBudget, trace)).toEqual(choose(options, specs));
    const texts = [trace.value, trace.option, trace.spec].map((clauses) =>
      clauses.join(' ').replace(/WSB-/g, ''),
    );
    expect(texts).toEqual([value, option, compileSpec]);
  });
});
