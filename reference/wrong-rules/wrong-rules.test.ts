import { judgeArguments } from '../rules/judge-arguments.js';
import { judgeNames, type NamedTensor } from '../rules/judge-names.js';
import { judgeAlias } from '../rules/judge-alias.js';
import { describe, expect, it } from 'vitest';
import type { AcceptedChoice } from '../rules/apply-budget.js';
import type { BudgetEngine } from '../rules/budget-engine.js';
import { encodeBlob } from '../blob/encode-blob.js';
import type { Json } from '../blob/json.js';
import { parseBudget } from '../rules/parse-budget.js';
import { decide as decideCase } from '../rules/decide.js';
import { STANDARD_RULES, type Rules } from '../rules/rules.js';
import { runReference } from '../host/run-reference.js';
import type { DeliveredOption, DeliveredValue } from '../rules/delivered-option.js';
import { encodePlan } from '../plan/encode-plan.js';
import { scriptedPlan, type Plan } from '../plan/plan.js';
import { BUDGET_KEY } from '../rules/budget-key.js';
import { writeProgram } from '../program/write-program.js';
import type { LoadRequest } from '../request/load-request.js';
import { WRONG_RULES } from './wrong-rules.js';

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
  const application = rules.applyBudget(
    choice satisfies AcceptedChoice,
    engine,
    rules.automaticBudget.upstream,
  );
  const source = application.kind === 'applied' ? application.source : '-';
  return [application.kind, source, ...sets].join(' ');
}

/** A load of an engine with an explicit budget. */
function withBudget(plan: Partial<Plan>, budget = '7'): LoadRequest {
  const data = encodeBlob({ metadata: {}, engine: encodePlan(scriptedPlan(plan)) });
  const compileSpecs = [{ key: BUDGET_KEY, value: text(budget) }];
  const delegates = [{ backend: 'TensorRTBackend', placement: 'segment' as const, data, compileSpecs }];
  return {
    program: writeProgram({ methods: [{ name: 'forward', delegates }] }),
    verification: 'minimal',
    device: { totalBytes: 2n ** 40n, freeBytes: 2n ** 40n, faults: [] },
    module: null,
    steps: [{ op: 'load', method: 'forward', options: null }],
  };
}

/**
 * The wrong rules of a name; where there are none those of the specification, which no test takes
 * for wrong ones.
 */
const rulesOf = (name: string): Rules => WRONG_RULES[name] ?? STANDARD_RULES;
const string = (value: string): DeliveredValue => ({ type: 'array', bytes: text(value) });
const max = (2n ** 63n - 1n).toString();

describe('a wrong rule', () => {
  it.each<[string, DeliveredValue | null, string[], EngineScript, standard: string, wrong: string]>([
    ['accept-plus', string('+5'), [], {}, 'rejected', 'applied option 5'],
    ['accept-minus-zero', string('-00'), [], {}, 'rejected', 'applied option 0'],
    ['leading-blank', string(' 5'), [], {}, 'rejected', 'applied option 5'],
    ['strtoll', string(' -0'), [], {}, 'rejected', 'applied option 0'],
    ['strtoll', null, ['+5\0x'], {}, 'rejected', 'applied compile-spec 5'],
    ['twenty-digits', string('000000000000000000005'), [], {}, 'applied option 5', 'rejected'],
    ['uint32-wraps', string('4294967301'), [], {}, 'applied option 1024', 'applied option 5'],
    ['trailing-blank', string('5 '), [], {}, 'rejected', 'applied option 5'],
    ['trailing-nul', null, ['5\0x'], {}, 'rejected', 'applied compile-spec 5'],
    ['trailing-junk', string('5x'), [], {}, 'rejected', 'applied option 5'],
    ['over-512-bytes', null, ['0'.repeat(512) + '7'], {}, 'applied compile-spec 7', 'rejected'],
    ['three-equal-keys-accepted', null, ['7', '8', '9'], {}, 'rejected', 'applied compile-spec 7'],
    ['three-equal-keys-accepted', null, ['7', '8', '9', '9'], {}, 'rejected', 'rejected'],
    ['adjacent-duplicates-only', null, ['7', '8'], {}, 'rejected', 'rejected'],
    [
      'clamp-off-at-2-53',
      string(max),
      [],
      { streamable: 2n ** 53n + 1n },
      `applied option ${2n ** 53n + 1n}`,
      `applied option ${2n ** 53n}`,
    ],
    [
      'explicit-through-double',
      string(`${2n ** 53n + 1n}`),
      [],
      { streamable: BigInt(max) },
      `applied option ${2n ** 53n + 1n}`,
      `applied option ${2n ** 53n}`,
    ],
    [
      'explicit-through-double',
      string(max),
      [],
      { streamable: BigInt(max) },
      `applied option ${max}`,
      `applied option ${max}`,
    ],
    [
      'automatic-through-double',
      null,
      [],
      { automatic: 2n ** 53n + 1n },
      `applied automatic ${2n ** 53n + 1n}`,
      `applied automatic ${2n ** 53n}`,
    ],
    [
      'no-fallback-from-lowest',
      null,
      [],
      { automatic: -(2n ** 63n), answers: [false, true] },
      `applied automatic ${-(2n ** 63n)}! 0`,
      `refused - ${-(2n ** 63n)}!`,
    ],
    ['int32-range', string('2147483648'), [], {}, 'applied option 1024', 'rejected'],
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
    ['uint32-wraps', string('4294967301'), [], {}, 'applied option 1024', 'applied option 5'],
    ['uint32-wraps', string('18446744073709551621'), [], {}, 'rejected', 'applied option 5'],
    ['strtoll', string(' +5'), [], {}, 'rejected', 'applied option 5'],
    ['strtoll', null, ['9223372036854775808\0x'], {}, 'rejected', 'applied compile-spec 1024'],
    ['strtoll', string('-5'), [], {}, 'rejected', 'rejected'],
    ['strtoll', string('5x'), [], {}, 'rejected', 'rejected'],
    ['negative-int-is-zero', { type: 'int', value: -1 }, [], {}, 'rejected', 'applied option 0'],
    ['empty-option-is-zero', string(''), ['7'], {}, 'applied compile-spec 7', 'applied option 0'],
    ['malformed-option-falls-through', string('x'), ['7'], {}, 'rejected', 'applied compile-spec 7'],
    ['malformed-option-ignored', string('x'), ['7'], {}, 'rejected', 'applied compile-spec 7'],
    ['int-rejected', { type: 'int', value: 5 }, [], {}, 'applied option 5', 'rejected'],
    ['bool-accepted', { type: 'bool', value: true }, [], {}, 'rejected', 'applied option 1'],
    ['scan-255', string('0'.repeat(255) + '7'), [], {}, 'applied option 7', 'applied option 0'],
    ['first-nul-ignored', string('5\x000'), [], {}, 'applied option 5', 'rejected'],
    ['equal-duplicates-accepted', null, ['7', '7'], {}, 'rejected', 'applied compile-spec 7'],
    ['set-twice', string('5'), [], {}, 'applied option 5', 'applied option 5 5'],
    ['refusal-ignored', string('5'), [], { answers: [false] }, 'refused - 5!', 'skipped - 5!'],
    [
      'fallback-refusal-ignored',
      null,
      [],
      { answers: [false, false] },
      'refused - 512! 0!',
      'skipped - 512! 0!',
    ],
    ['resident-rejected', string('5'), [], { streamable: 0n }, 'skipped -', 'refused -'],
    ['bool-ignored', { type: 'bool', value: true }, [], {}, 'rejected', 'applied automatic 512'],
    ['empty-option-rejected', string(''), ['7'], {}, 'applied compile-spec 7', 'rejected'],
    ['spec-ignored', null, ['x'], {}, 'rejected', 'applied automatic 512'],
    ['malformed-spec-ignored', null, ['x'], {}, 'rejected', 'applied automatic 512'],
    ['spec-over-option', string('5'), ['7'], {}, 'applied option 5', 'applied compile-spec 7'],
    ['masked-spec-judged', string('5'), ['x'], {}, 'applied option 5', 'rejected'],
    ['masked-duplicates-judged', string('5'), ['7', '7'], {}, 'applied option 5', 'rejected'],
    ['text-option-rejected', string('5'), [], {}, 'applied option 5', 'rejected'],
    ['nothing-without-both', null, [], {}, 'applied automatic 512', 'skipped -'],
    ['negative-size-streams', string('5'), [], { streamable: -1n }, 'skipped -', 'applied option -1'],
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
    ['resident-is-streamed', string('5'), [], { streamable: 0n }, 'skipped -', 'applied option 0'],
    ['zero-is-absent', string('0'), [], {}, 'applied option 0', 'applied option 512'],
  ])('%s breaks its rule', (name, option, specs, engine, standard, wrong) => {
    expect(decide(STANDARD_RULES, option, specs, engine)).toBe(standard);
    expect(decide(rulesOf(name), option, specs, engine)).toBe(wrong);
  });

  it.each<[string, DeliveredOption[], standard: string, wrong: string]>([
    [
      'option-key-prefix',
      [
        { key: 'weight_streaming', value: string('4') },
        { key: `${BUDGET_KEY}s`, value: string('5') },
      ],
      'automatic',
      'option 5',
    ],
    [
      'last-option-wins',
      [
        { key: BUDGET_KEY, value: string('5') },
        { key: BUDGET_KEY, value: string('6') },
      ],
      'option 5',
      'option 6',
    ],
  ])('%s looks up another option', (name, options, standard, wrong) => {
    const chosen = (rules: Rules): string => {
      const choice = rules.chooseBudget(options, [], rules.parseBudget);
      return choice.kind === 'explicit' ? `${choice.source} ${choice.budget.toString()}` : choice.kind;
    };
    expect(chosen(STANDARD_RULES)).toBe(standard);
    expect(chosen(rulesOf(name))).toBe(wrong);
  });

  it.each<[string, string[]]>([
    ['spec-key-prefix', [`${BUDGET_KEY}s`]],
    ['spec-key-case', [BUDGET_KEY.toUpperCase()]],
  ])('%s finds another compile spec', (name, keys) => {
    const specs = keys.map((key) => ({ key, value: text('5') }));
    const chosen = (rules: Rules): string => rules.chooseBudget([], specs, rules.parseBudget).kind;
    expect(chosen(STANDARD_RULES)).toBe('automatic');
    expect(chosen(rulesOf(name))).toBe('explicit');
  });

  it.each(['first-duplicate-wins', 'last-duplicate-wins'])('%s ends keys before a NUL', (name) => {
    const specs = ['', '\0x'].map((end) => ({ key: BUDGET_KEY + end, value: text('5') }));
    expect(rulesOf(name).chooseBudget([], specs, parseBudget).kind).toBe('explicit');
  });

  it('empty-option-silent says nothing of an empty option', () => {
    const options = [{ key: BUDGET_KEY, value: string('') }];
    const chosen = (rules: Rules): unknown => rules.chooseBudget(options, [], parseBudget);
    expect(chosen(STANDARD_RULES)).toEqual({ kind: 'automatic', ignoredOption: true });
    expect(chosen(rulesOf('empty-option-silent'))).toEqual({ kind: 'automatic', ignoredOption: false });
  });

  it('device-id-8-bits takes the lowest byte', () => {
    const { readDeviceId } = rulesOf('device-id-8-bits');
    const members = ['255', '257', '-1', '4294967296', '1e3'].map((text): Json => ({ kind: 'number', text }));
    expect(members.map(readDeviceId)).toEqual([255, 1, 255, 0, null]);
  });

  it('with a malformed option ignored says nothing of it, or as much as of an empty one', () => {
    const options = [{ key: BUDGET_KEY, value: string('x') }];
    const said = (name: string): unknown => rulesOf(name).chooseBudget(options, [], parseBudget);
    expect(said('malformed-option-ignored')).toEqual({ kind: 'automatic', ignoredOption: false });
    expect(said('malformed-option-falls-through')).toEqual({ kind: 'automatic', ignoredOption: true });
  });

  it('bad-device-is-zero takes what is no device for 0', () => {
    const { readDeviceId } = rulesOf('bad-device-is-zero');
    const id = (text: string): Json => ({ kind: 'number', text });
    const members = [id('-1'), id('0.9'), id('3'), undefined];
    expect(members.map(STANDARD_RULES.readDeviceId)).toEqual([null, null, 3, 0]);
    expect(members.map(readDeviceId)).toEqual([0, 0, 3, 0]);
  });

  it('device-id-digits takes the digits that a device id begins with, modulo 2^32', () => {
    const { readDeviceId } = rulesOf('device-id-digits');
    const members = ['1e3', '-0.5', '4294967297', '2147483648', '-3'].map((text): Json => ({
      kind: 'number',
      text,
    }));
    expect(members.map(STANDARD_RULES.readDeviceId)).toEqual([null, null, null, null, null]);
    expect(members.map(readDeviceId)).toEqual([1, 0, 1, -(2 ** 31), -3]);
    expect([undefined, { kind: 'string', text: '0' } as const].map(readDeviceId)).toEqual([0, null]);
  });

  it('key-is-no-name takes no alias of a tensor that is called like a later key', () => {
    const { readAliasName } = rulesOf('key-is-no-name');
    const names = ['device_id', 'hardware_compatible', 'aliased_io', ''].map((text): Json => ({
      kind: 'string',
      text,
    }));
    expect(names.map(STANDARD_RULES.readAliasName)).toEqual([
      'device_id',
      'hardware_compatible',
      'aliased_io',
      null,
    ]);
    expect(names.map(readAliasName)).toEqual([null, null, 'aliased_io', null]);
  });

  it('empty-kind-is-default takes an empty kind for a missing one', () => {
    const { readAliasKind } = rulesOf('empty-kind-is-default');
    const kinds = [undefined, ...['', 'user'].map((text): Json => ({ kind: 'string', text }))];
    expect(kinds.map(STANDARD_RULES.readAliasKind)).toEqual(['kv_cache_update', '', 'user']);
    expect(kinds.map(readAliasKind)).toEqual(['kv_cache_update', 'kv_cache_update', 'user']);
  });

  it('device-left leaves a device current after a load and after an unload', () => {
    const left = (rules: Rules, device_id: number): readonly string[] => {
      const data = encodeBlob({ metadata: { device_id }, engine: encodePlan(scriptedPlan({})) });
      const delegates = [
        { backend: 'TensorRTBackend', placement: 'segment' as const, data, compileSpecs: [] },
      ];
      return runReference(
        {
          program: writeProgram({ methods: [{ name: 'forward', delegates }] }),
          verification: 'minimal',
          device: { totalBytes: 2n ** 40n, freeBytes: 2n ** 40n, faults: [] },
          module: null,
          steps: [{ op: 'load', method: 'forward', options: null }],
        },
        { rules },
      ).violations;
    };
    expect(left(STANDARD_RULES, 1)).toEqual([]);
    expect(left(rulesOf('device-left'), 1)).toEqual(['device-left-changed']);
    expect(left(rulesOf('device-left'), 0)).toEqual([]);
  });

  it('budget-after-context sets a budget that TensorRT then refuses', () => {
    const request = withBudget({});
    const calls = (rules: Rules, of = request): unknown[] =>
      runReference(of, { rules }).engines.flatMap((engine) => engine.calls.map(({ call }) => call));
    const [make, set, context] = [
      'deserializeCudaEngine',
      'setWeightStreamingBudgetV2',
      'createExecutionContext',
    ];
    expect(calls(STANDARD_RULES)).toEqual([make, set, context]);
    expect(calls(rulesOf('budget-after-context'))).toEqual([make, context, set]);
    const { violations, steps } = runReference(request, { rules: rulesOf('budget-after-context') });
    expect(violations).toEqual(['set-with-context']);
    expect(steps.map(({ kind }) => kind)).toEqual(['rejected']);
    // Without a context it does not come to that.
    expect(calls(rulesOf('budget-after-context'), withBudget({ createsContext: false }))).toEqual([
      make,
      context,
    ]);
  });

  it('refuse-silently ends the load like a delegate that names the budget in its log', () => {
    const steps = (rules: Rules): unknown[] =>
      runReference(withBudget({ setDefault: false }), { rules }).steps.map((step) =>
        step.kind === 'ok' ? step : { kind: step.kind, warned: step.warned },
      );
    expect(steps(STANDARD_RULES)).toEqual([{ kind: 'rejected', warned: true }]);
    expect(steps(rulesOf('refuse-silently'))).toEqual([{ kind: 'rejected', warned: false }]);
  });

  it('automatic-asked-twice asks once more', () => {
    let asked = 0;
    const engine: BudgetEngine = {
      getStreamableWeightsSize: () => 1024n,
      getWeightStreamingAutomaticBudget: () => BigInt(++asked),
      setWeightStreamingBudgetV2: () => true,
    };
    const choice = { kind: 'automatic', ignoredOption: false } as const;
    const { applyBudget, automaticBudget } = rulesOf('automatic-asked-twice');
    applyBudget(choice, engine, automaticBudget.upstream);
    expect(asked).toBe(2);
    STANDARD_RULES.applyBudget(choice, engine, STANDARD_RULES.automaticBudget.upstream);
    expect(asked).toBe(3);
  });

  it('first-spec-only sees none behind one with another key', () => {
    const choose = (rules: Rules): string =>
      rules.chooseBudget(
        [],
        [
          { key: 'other', value: text('1') },
          { key: BUDGET_KEY, value: text('5') },
        ],
        parseBudget,
      ).kind;
    expect([choose(STANDARD_RULES), choose(rulesOf('first-spec-only'))]).toEqual(['explicit', 'automatic']);
  });

  it('asks-for-automatic asks a streaming engine with an explicit budget', () => {
    const asked = (spec: string | undefined, streamable: bigint): boolean | undefined => {
      const specs = spec === undefined ? [] : [{ key: BUDGET_KEY, value: text(spec) }];
      const engines = [{ streamable, automatic: 512n, setAnswers: [true], specs }];
      return decideCase({ options: [], engines }, rulesOf('asks-for-automatic')).engines[0]?.automaticRead;
    };
    expect([asked('5', 1024n), asked('5', 0n), asked(undefined, 1024n)]).toEqual([true, false, true]);
  });

  it('reaches other engines and loads than it should', () => {
    const own = [{ key: BUDGET_KEY, value: string('5') }];
    const { optionsOf: first } = rulesOf('option-for-first-engine');
    expect([first(own, 0, []), first(own, 1, [])]).toEqual([own, []]);
    const { optionsOf: stale } = rulesOf('stale-option');
    expect([stale(own, 0, [own]), stale([], 0, [own, []])]).toEqual([own, own]);
    const { optionsOf: third } = rulesOf('third-load-as-first');
    const loads = [own, [], []] as const;
    expect([third([], 0, loads), third([], 0, loads.slice(1)), third(own, 0, [...loads, own])]).toEqual([
      own,
      [],
      own,
    ]);
    const { optionsOf: lost } = rulesOf('option-lost-at-engine-33');
    expect([31, 32, 33].map((engine) => lost(own, engine, []).length)).toEqual([1, 0, 1]);
    const { shareBudget } = rulesOf('budget-is-total');
    const choice = { kind: 'explicit', source: 'option', budget: 5n, ignoredOption: false } as const;
    const automatic = { kind: 'automatic', ignoredOption: false } as const;
    expect(shareBudget(choice, 2n)).toEqual({ ...choice, budget: 3n });
    expect(shareBudget(choice, 7n)).toEqual({ ...choice, budget: 0n });
    expect(shareBudget(automatic, 7n)).toBe(automatic);
  });

  it('shares a budget among the engines of a load', () => {
    const engine = { streamable: 1024n, automatic: 512n, setAnswers: [true], specs: [] };
    const sets = (name: string, value: string): unknown[] => {
      const options = [{ key: BUDGET_KEY, value: string(value) }];
      const { engines } = decideCase({ options, engines: [engine, engine] }, rulesOf(name));
      return engines.map(({ sets: [set] }) => set?.budget);
    };
    expect(sets('budget-is-total', '700')).toEqual([700n, 0n]);
    expect(sets('option-for-first-engine', '700')).toEqual([700n, 512n]);
  });

  it('runtime-before-engine destroys the runtime while its engine lives', () => {
    const { violations } = runReference(withBudget({}), { rules: rulesOf('runtime-before-engine') });
    expect(violations).toEqual(['destroy-runtime-with-engine']);
    expect(runReference(withBudget({})).violations).toEqual([]);
  });

  it('leak-on-failure and leak-event leave something alive', () => {
    const left = (rules: Rules, plan: Partial<Plan>): string[] =>
      Object.entries(runReference(withBudget(plan), { rules }).leaks).flatMap(([kind, count]) =>
        count > 0 ? [kind] : [],
      );
    const refused = { setDefault: false };
    expect(left(STANDARD_RULES, refused)).toEqual([]);
    expect(left(rulesOf('leak-on-failure'), refused)).toEqual(['runtimes', 'engines', 'events']);
    expect(left(rulesOf('leak-on-failure'), {})).toEqual([]);
    expect(left(rulesOf('leak-event'), {})).toEqual(['events']);
  });

  it('resident-not-judged excuses a bad budget on an engine that streams nothing alone', () => {
    const steps = (rules: Rules, streamable: bigint): string[] =>
      runReference(withBudget({ streamable }, 'x'), { rules }).steps.map(({ kind }) => kind);
    expect(steps(STANDARD_RULES, 0n)).toEqual(['rejected']);
    expect(steps(rulesOf('resident-not-judged'), 0n)).toEqual(['ok']);
    expect(steps(rulesOf('resident-not-judged'), 1n)).toEqual(['rejected']);
  });

  it('binding-name-prefix takes the beginning of a name for the name', () => {
    const { isBindingName } = rulesOf('binding-name-prefix');
    expect([isBindingName('ou', 'out'), isBindingName('out', 'ou')]).toEqual([true, false]);
  });

  it('the rules about aliases each take one that is refused', () => {
    const alias = { output: 'y', input: 'x', outputType: 0, inputType: 0 };
    const verdicts = (name: string): (string | null)[] =>
      [{ output: 'z', input: 'w', outputType: 1 }, { input: 'w' }, { output: 'z' }].map((change) =>
        judgeAlias({ ...alias, ...change }, [alias], rulesOf(name)),
      );
    const refused = ['WSB-BLOB-21', 'WSB-BLOB-22', 'WSB-BLOB-23'];
    expect(verdicts('device-left')).toEqual(refused);
    for (const [at, name] of [
      'alias-types-unchecked',
      'output-aliased-twice',
      'input-aliased-twice',
    ].entries()) {
      expect(verdicts(name), name).toEqual(refused.map((clause, of) => (of === at ? null : clause)));
    }
  });

  it('the rules about names each take what is refused', () => {
    const tensors = (text: string): NamedTensor[] =>
      Array.from(text, (name) => ({ name, mode: name === name.toUpperCase() ? 'output' : 'input' }));
    const verdicts = (name: string): (string | null)[] =>
      ['xxY', 'x', 'XY'].map((named) => judgeNames(tensors(named), tensors('xY'), rulesOf(name)));
    expect(verdicts('device-left')).toEqual(['WSB-BLOB-24', 'WSB-BLOB-25', 'WSB-BLOB-26']);
    expect(verdicts('tensor-named-twice')).toEqual([null, 'WSB-BLOB-25', 'WSB-BLOB-26']);
    expect(verdicts('tensor-not-named')).toEqual(['WSB-BLOB-24', null, 'WSB-BLOB-26']);
    // What is not named as it is is not named.
    expect(verdicts('tensor-named-otherwise')).toEqual(['WSB-BLOB-24', 'WSB-BLOB-25', 'WSB-BLOB-25']);
    expect(rulesOf('alias-not-named').namesAllAliases).toBe(false);
  });

  it('the rules about arguments each take what is refused', () => {
    const verdicts = (name: string): (string | null)[] =>
      [[5], [5, 5, 5], [5, 6]].map((given) => judgeArguments(given, [1, 1], rulesOf(name)));
    expect(verdicts('device-left')).toEqual(['WSB-LIFE-15', 'WSB-LIFE-15', 'WSB-LIFE-16']);
    expect(verdicts('surplus-arguments-taken')).toEqual(['WSB-LIFE-15', null, 'WSB-LIFE-16']);
    expect(verdicts('element-types-unchecked')).toEqual(['WSB-LIFE-15', 'WSB-LIFE-15', null]);
  });

  it.each(Object.entries(WRONG_RULES))('%s keeps the other rules', (name, rules) => {
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
    // A wrong rule shows in one of these at most, but for those about any compile spec, any text,
    // any automatic budget and any explicit one.
    const most: Readonly<Record<string, number>> = {
      'spec-ignored': 2,
      'text-option-rejected': 2,
      'nothing-without-both': 3,
      'set-twice': 4,
    };
    expect(ordinary.length - same.length).toBeLessThanOrEqual(most[name] ?? 1);
  });

  it('with a wrapping or saturating parser still refuses what is no number', () => {
    for (const name of ['overflow-wraps', 'overflow-saturates']) {
      const parse = rulesOf(name).parseBudget;
      expect(parse(null).ok).toBe(false);
      expect(parse(text('99999999999999999999x')).ok).toBe(false);
    }
    expect(rulesOf('overflow-wraps').parseBudget(text('9223372036854775808'))).toMatchObject({
      budget: -(2n ** 63n),
    });
  });

  it('clamps a negative automatic budget too', () => {
    expect(decide(rulesOf('automatic-clamped'), null, [], { automatic: -5n })).toBe('applied automatic 0');
  });

  it('that refuses silently makes the same calls, and is silent where TensorRT refuses alone', () => {
    const { applyBudget } = rulesOf('refuse-silently');
    const apply = (accepted: boolean) =>
      applyBudget(
        { kind: 'explicit', source: 'option', budget: 5n, ignoredOption: false },
        {
          getStreamableWeightsSize: () => 1024n,
          getWeightStreamingAutomaticBudget: () => 512n,
          setWeightStreamingBudgetV2: () => accepted,
        },
      );
    expect(apply(false)).toEqual({
      kind: 'refused',
      source: 'option',
      clause: 'WSB-APPLY-03',
      silent: true,
    });
    expect(apply(true)).toEqual({ kind: 'applied', source: 'option', budget: 5n });
  });

  it('takes null for what it is', () => {
    for (const rules of Object.values(WRONG_RULES)) expect(rules.parseBudget(null).ok).toBe(false);
  });
});
