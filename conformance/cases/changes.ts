/*
 * Plan: what `set_option` does to engines that live (WSB-SET-08 to WSB-SET-15).
 *
 * Each step of a change fails in turn: the budget is refused, no context is made, the budget of an
 * engine before is not taken back. `answers` says which budget calls of an engine are accepted; the
 * first is that of its load.
 */
import type { Case } from '../model/case.js';
import { all, calls, logs, steps } from '../model/expectation.js';
import { metadata } from '../model/scenario/blob-change.js';
import { clause } from '../model/scenario/clause.js';
import type { EngineScenario, Scenario, StepScenario } from '../model/scenario/scenario.js';
import {
  execute,
  getOption,
  load,
  loadMethod,
  modelled,
  noDevice,
  setBudget,
  unload,
} from '../model/scenario/vocabulary.js';

const LOADED = 'deserialize, set 100, context';
const FAILED = 'set-option MemoryAllocationFailed';

const SPEC: EngineScenario = { spec: '100' };
/** Refuses the second budget call: that of the first change. */
const REFUSES: EngineScenario = { ...SPEC, answers: [true, false] };
/** Refuses the third: that which would take a change back. */
const STAYS: EngineScenario = { ...SPEC, answers: [true, true, false] };
const RESIDENT: EngineScenario = { streamable: 0n };

const ON_DEVICE_1 = metadata('device 1', { device_id: 1 });

/** An engine on a device of 1,000 bytes: a context takes 80 of them, and the budget. */
const TIGHT: Scenario = {
  ...modelled({ streamable: 4096n, activations: 16n, scratch: 64n }),
  spec: '0',
  free: 1000n,
};

const doing = (...list: readonly StepScenario[]): Scenario => ({ ...SPEC, steps: list });
const setting = (value: string): Scenario => doing(load(), setBudget(value));
const engines = (...list: readonly EngineScenario[]): Scenario => ({
  engines: list,
  steps: [load(), setBudget('5'), execute(), getOption()],
});
const tight = (value: string): Scenario => ({ ...TIGHT, steps: [load(), setBudget(value), execute()] });

const changed = (...budgets: readonly (number | string)[]): string =>
  [LOADED, ...budgets.map((bytes) => `set ${bytes}, context`)].join(', ');
const taken = `${changed(5)}, set 100, context`;
const refused = `${LOADED}, set 5 refused, context`;
const run = (before: string): string => `${before}, enqueue`;
const rolledBack = steps('ok', FAILED, 'ok', 'get-option NotFound');

/** Cases of the clauses about engines that are changed. */
export const CHANGES: readonly Case[] = [
  clause('WSB-SET-08')
    .control('one engine', setting('5'), calls(changed(5)))
    .violation(
      'three engines',
      engines(SPEC, SPEC, SPEC),
      all(steps('ok', 'ok', 'ok', 'ok "5"'), calls(run(changed(5)), run(changed(5)), run(changed(5)))),
    )
    .violation(
      'several sizes',
      { engines: [{ spec: '1' }, { spec: '1', streamable: 4n }], steps: [load(), setBudget('500')] },
      calls('deserialize, set 1, context, set 500, context', 'deserialize, set 1, context, set 4, context'),
    )
    .violation(
      'several methods',
      {
        methods: { a: [SPEC], b: [{ spec: '300' }] },
        steps: [loadMethod('a'), loadMethod('b'), setBudget('5'), execute('b'), execute('a')],
      },
      calls(run(changed(5)), 'deserialize, set 300, context, set 5, context, enqueue'),
    )
    .violation(
      'a budget from an option',
      doing(load('7'), setBudget('5')),
      calls('deserialize, set 7, context, set 5, context'),
    )
    .violation(
      'an automatic budget',
      { steps: [load(), setBudget('5')] },
      calls('deserialize, automatic 512, set 512, context, set 5, context'),
    )
    .boundary('one less than it can stream', setting('1023'), calls(changed(1023)))
    .boundary('as much as it can stream', setting('1024'), calls(changed(1024)))
    .boundary('one more', setting('1025'), calls(changed(1024)))
    .boundary(
      'a method that was unloaded',
      {
        methods: { a: [SPEC], b: [SPEC] },
        steps: [loadMethod('a'), loadMethod('b'), unload('a'), setBudget('5')],
      },
      calls(LOADED, changed(5)),
    )
    .boundary(
      'a method that was rejected',
      {
        methods: { a: [SPEC, { spec: '5x' }], b: [SPEC] },
        steps: [loadMethod('a'), loadMethod('b'), setBudget('5')],
      },
      all(steps('load InvalidProgram', 'ok', 'ok'), calls(LOADED, 'deserialize', changed(5))),
    ),
  clause('WSB-SET-09')
    .control('a streamable engine', setting('5'), calls(changed(5)))
    .violation(
      'a resident engine',
      { ...RESIDENT, steps: [load(), setBudget('5'), execute()] },
      all(steps('ok', 'ok', 'ok'), calls('deserialize, context, enqueue'), logs(false)),
    )
    .violation(
      'a negative streamable size',
      { streamable: -1n, steps: [load(), setBudget('5')] },
      calls('deserialize, context'),
    )
    .boundary(
      'one streamable byte',
      { streamable: 1n, spec: '0', steps: [load(), setBudget('5')] },
      calls('deserialize, set 0, context, set 1, context'),
    )
    .boundary(
      'between two others',
      engines(SPEC, RESIDENT, SPEC),
      calls(run(changed(5)), 'deserialize, context, enqueue', run(changed(5))),
    ),
  clause('WSB-SET-10')
    .control('no change', doing(load(), execute()), calls(run(LOADED)))
    .violation('before the first execution', doing(load(), setBudget('5'), execute()), calls(run(changed(5))))
    .violation(
      'between executions',
      doing(load(), execute(), setBudget('5'), execute()),
      calls(`${run(LOADED)}, set 5, context, enqueue`),
    )
    .boundary(
      'several in a row',
      doing(load(), setBudget('5'), setBudget('6'), setBudget('7'), execute()),
      calls(run(changed(5, 6, 7))),
    )
    .boundary(
      'there and back',
      doing(load(), setBudget('5'), execute(), setBudget('100'), execute()),
      calls(`${run(changed(5))}, set 100, context, enqueue`),
    )
    .boundary(
      'unloaded and loaded again',
      doing(load(), setBudget('5'), unload(), load(), execute()),
      calls(changed(5), 'deserialize, set 5, context, enqueue'),
    ),
  clause('WSB-SET-11')
    .control('another budget', setting('5'), calls(changed(5)))
    .violation('the same budget', doing(load(), setBudget('100'), execute()), calls(run(LOADED)))
    .violation('twice the same', doing(load(), setBudget('5'), setBudget('5')), calls(changed(5)))
    .boundary('one less', setting('99'), calls(changed(99)))
    .boundary('one more', setting('101'), calls(changed(101)))
    .boundary(
      'all that it can stream',
      { spec: '1024', steps: [load(), setBudget('1024'), setBudget('5000')] },
      calls('deserialize, set 1024, context'),
    )
    .boundary(
      'an automatic budget',
      { steps: [load(), setBudget('512')] },
      calls('deserialize, automatic 512, set 512, context'),
    ),
  clause('WSB-SET-12')
    .control('accepted', setting('5'), calls(changed(5)))
    .violation('refused', engines(REFUSES), all(rolledBack, calls(run(refused))))
    .violation(
      'no room for all weights',
      tight('4096'),
      all(
        steps('ok', FAILED, 'ok'),
        calls('deserialize, set 0, context, set 4096 refused, context, enqueue'),
      ),
    )
    .boundary(
      'a device that cannot be selected',
      { ...doing(load(), setBudget('5'), setBudget('6')), blob: ON_DEVICE_1, fault: noDevice(3) },
      all(steps('ok', FAILED, 'ok'), calls(changed(6)), logs(true)),
    )
    .boundary(
      'accepted after a refusal',
      { ...REFUSES, steps: [load(), setBudget('5'), setBudget('6'), execute()] },
      all(steps('ok', FAILED, 'ok', 'ok'), calls(`${refused}, set 6, context, enqueue`)),
    )
    .boundary(
      'refused after a change',
      { ...STAYS, steps: [load(), setBudget('5'), setBudget('6'), getOption(), execute()] },
      all(steps('ok', 'ok', FAILED, 'ok "5"', 'ok'), calls(`${changed(5)}, set 6 refused, context, enqueue`)),
    ),
  clause('WSB-SET-13')
    .control(
      'room for a context',
      tight('500'),
      calls('deserialize, set 0, context, set 500, context, enqueue'),
    )
    .violation(
      'no room for a context',
      tight('2000'),
      all(
        steps('ok', FAILED, 'ok'),
        calls('deserialize, set 0, context, set 2000, context refused, set 0, context, enqueue'),
        logs(true),
      ),
    )
    .boundary(
      'just enough room',
      tight('920'),
      calls('deserialize, set 0, context, set 920, context, enqueue'),
    )
    .boundary(
      'one byte too little',
      tight('921'),
      calls('deserialize, set 0, context, set 921, context refused, set 0, context, enqueue'),
    ),
  clause('WSB-SET-14')
    .control('all accept', engines(SPEC, SPEC), calls(run(changed(5)), run(changed(5))))
    .violation('the second refuses', engines(SPEC, REFUSES), all(rolledBack, calls(run(taken), run(refused))))
    .violation(
      'of two methods',
      {
        methods: { a: [SPEC], b: [REFUSES] },
        steps: [loadMethod('a'), loadMethod('b'), setBudget('5'), execute('a'), execute('b')],
      },
      all(steps('ok', 'ok', FAILED, 'ok', 'ok'), calls(run(taken), run(refused))),
    )
    .boundary(
      'the first of three refuses',
      engines(REFUSES, SPEC, SPEC),
      all(rolledBack, calls(run(refused), run(LOADED), run(LOADED))),
    )
    .boundary(
      'the last of three refuses',
      engines(SPEC, SPEC, REFUSES),
      all(rolledBack, calls(run(taken), run(taken), run(refused))),
    ),
  clause('WSB-SET-15')
    .control('restored', engines(SPEC, REFUSES), all(rolledBack, calls(run(taken), run(refused))))
    .violation(
      'not restored',
      { engines: [STAYS, REFUSES], steps: [load(), setBudget('5'), execute(), unload()] },
      all(
        steps('ok', FAILED, 'execute InvalidState', 'ok'),
        calls(`${changed(5)}, set 100 refused`, refused),
      ),
    )
    .violation(
      'another method executes',
      {
        methods: { a: [STAYS], b: [REFUSES] },
        steps: [loadMethod('a'), loadMethod('b'), setBudget('5'), execute('b'), execute('a'), execute('b')],
      },
      all(
        steps('ok', 'ok', FAILED, 'ok', 'execute InvalidState', 'ok'),
        calls(`${changed(5)}, set 100 refused`, `${refused}, enqueue, enqueue`),
      ),
    )
    .boundary(
      'changed again, to what it has',
      { engines: [STAYS, REFUSES], steps: [load(), setBudget('5'), setBudget('5'), execute()] },
      all(
        steps('ok', FAILED, 'ok', 'ok'),
        calls(`${changed(5)}, set 100 refused, context, enqueue`, `${refused}, set 5, context, enqueue`),
      ),
    )
    .boundary(
      'changed again, to another',
      { engines: [STAYS, REFUSES], steps: [load(), setBudget('5'), setBudget('6'), execute()] },
      all(
        steps('ok', FAILED, 'ok', 'ok'),
        calls(
          `${changed(5)}, set 100 refused, set 6, context, enqueue`,
          `${refused}, set 6, context, enqueue`,
        ),
      ),
    )
    .boundary(
      'loaded again',
      { engines: [STAYS, REFUSES], steps: [load(), setBudget('5'), unload(), load(), execute()] },
      calls(`${changed(5)}, set 100 refused`, refused, run(LOADED), run(LOADED)),
    ),
].flatMap(({ cases }) => cases);
