import { describe, expect, it } from 'vitest';
import type { AcceptedChoice, BudgetEngine } from '../application/apply-budget.js';
import type { DeliveredValue } from '../options/delivered-option.js';
import { STANDARD_RULES, type Rules } from '../host/rules.js';
import { BUDGET_KEY } from '../precedence/budget-key.js';
import { VARIANTS } from './variants.js';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** An engine that notes what is asked of it. */
interface EngineScript {
  streamable?: bigint;
  automatic?: bigint;
  answers?: boolean[];
}

/** All that can be seen of the rules for one engine. */
function decide(
  rules: Rules,
  option: DeliveredValue | null,
  specs: string[],
  { streamable = 1024n, automatic = 512n, answers = [true, true, true] }: EngineScript = {},
): string {
  const options = option === null ? [] : [{ key: BUDGET_KEY, value: option }];
  const compileSpecs = specs.map((value) => ({ key: BUDGET_KEY, value: text(value) }));
  const choice = rules.chooseBudget(options, compileSpecs, rules.parseBudget);
  if (choice.kind === 'rejected') return 'rejected';
  const left = [...answers];
  const sets: string[] = [];
  const engine: BudgetEngine = {
    getStreamableWeightsSize: () => streamable,
    getWeightStreamingAutomaticBudget: () => automatic,
    setWeightStreamingBudgetV2: (budget) => {
      const ok = left.shift() ?? false;
      sets.push(`${budget.toString()}${ok ? '' : '!'}`);
      return ok;
    },
  };
  const application = rules.applyBudget(choice satisfies AcceptedChoice, engine);
  const source = application.kind === 'applied' ? application.source : '-';
  return [application.kind, source, ...sets].join(' ');
}

const string = (value: string): DeliveredValue => ({ type: 'array', bytes: text(value) });
const max = (2n ** 63n - 1n).toString();

describe('a variant', () => {
  it.each<[string, DeliveredValue | null, string[], EngineScript, standard: string, wrong: string]>([
    ['accept-plus', string('+5'), [], {}, 'rejected', 'applied option 5'],
    ['accept-minus-zero', string('-00'), [], {}, 'rejected', 'applied option 0'],
    ['trailing-blank', string('5 '), [], {}, 'rejected', 'applied option 5'],
    ['trailing-nul', null, ['5\0x'], {}, 'rejected', 'applied compile-spec 5'],
    ['empty-is-zero', null, [''], {}, 'rejected', 'applied compile-spec 0'],
    [
      'overflow-saturates',
      string('9223372036854775808'),
      [],
      { streamable: BigInt(max) },
      'rejected',
      `applied option ${max}`,
    ],
    ['overflow-wraps', string('18446744073709551621'), [], {}, 'rejected', 'applied option 5'],
    ['negative-int-is-zero', { type: 'int', value: -1 }, [], {}, 'rejected', 'applied option 0'],
    ['empty-option-is-zero', string(''), ['7'], {}, 'applied compile-spec 7', 'applied option 0'],
    ['malformed-option-falls-through', string('x'), ['7'], {}, 'rejected', 'applied compile-spec 7'],
    ['spec-over-option', string('5'), ['7'], {}, 'applied option 5', 'applied compile-spec 7'],
    ['masked-spec-judged', string('5'), ['x'], {}, 'applied option 5', 'rejected'],
    ['last-duplicate-wins', null, ['7', '8'], {}, 'rejected', 'applied compile-spec 8'],
    ['first-duplicate-wins', null, ['7', '8'], {}, 'rejected', 'applied compile-spec 7'],
    ['no-clamp', string('9999'), [], {}, 'applied option 1024', 'applied option 9999'],
    [
      'fallback-for-explicit',
      string('5'),
      [],
      { answers: [false, true] },
      'refused - 5!',
      'applied option 5! 0',
    ],
    ['automatic-clamped', null, [], { automatic: 9999n }, 'applied automatic 9999', 'applied automatic 1024'],
    ['no-fallback', null, [], { answers: [false, true] }, 'applied automatic 512! 0', 'refused - 512!'],
    ['resident-is-set', string('5'), [], { streamable: 0n }, 'skipped -', 'skipped - 0'],
    ['zero-is-absent', string('0'), [], {}, 'applied option 0', 'applied automatic 512'],
  ])('%s breaks its rule', (name, option, specs, engine, standard, wrong) => {
    const rules = VARIANTS[name]?.rules ?? STANDARD_RULES;
    expect(decide(STANDARD_RULES, option, specs, engine)).toBe(standard);
    expect(decide(rules, option, specs, engine)).toBe(wrong);
  });

  it.each(Object.entries(VARIANTS))('%s keeps the other rules', (_, { clause, description, rules }) => {
    expect(clause).toMatch(/^WSB-[A-Z]+-\d\d$/);
    expect(description).toMatch(/^[A-Z].*\.$/);
    const ordinary: [DeliveredValue | null, string[], EngineScript?][] = [
      [null, []],
      [null, ['7']],
      [string('5'), []],
      [string('-5'), []],
      [{ type: 'int', value: 5 }, []],
      [{ type: 'bool', value: true }, ['7']],
      [string('5'), [], { answers: [false, false] }],
      [null, [], { answers: [false, false] }],
      [null, [], { automatic: 0n }],
      [null, ['7', '7', '7'].slice(0, 1), { streamable: 8n }],
      [null, [], { streamable: 0n }],
    ];
    const same = ordinary.filter((args) => decide(rules, ...args) === decide(STANDARD_RULES, ...args));
    expect(same.length).toBeGreaterThanOrEqual(ordinary.length - 1);
  });

  it('with a wrapping or saturating parser still refuses what is no number', () => {
    for (const name of ['overflow-wraps', 'overflow-saturates']) {
      const parse = VARIANTS[name]?.rules.parseBudget ?? STANDARD_RULES.parseBudget;
      expect(parse(null).ok).toBe(false);
      expect(parse(text('99999999999999999999x')).ok).toBe(false);
    }
    expect(VARIANTS['overflow-wraps']?.rules.parseBudget(text('9223372036854775808')).ok).toBe(false);
  });

  it('clamps a negative automatic budget too', () => {
    expect(decide(VARIANTS['automatic-clamped']?.rules ?? STANDARD_RULES, null, [], { automatic: -5n })).toBe(
      'applied automatic 0',
    );
  });

  it('takes null for what it is', () => {
    for (const { rules } of Object.values(VARIANTS)) expect(rules.parseBudget(null).ok).toBe(false);
  });
});
