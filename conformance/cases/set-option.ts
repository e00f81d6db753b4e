/*
 * Plan: what `set_option` takes, and what it leaves for loads and for `get_option` (WSB-SET-01 to
 * WSB-SET-07, WSB-SET-16 to WSB-SET-20). What it does to engines is in changes.ts.
 *
 * The engine has 1024 streamable bytes and the compile spec 100, so that a budget that has no
 * effect shows.
 */
import type { Case } from '../model/case.js';
import { all, calls, fromOption, fromSetOption, logs, steps } from '../model/expectation.js';
import { BUDGET } from '../model/names.js';
import { clause } from '../model/scenario/clause.js';
import type { EntryScenario, OptionScenario, Scenario, StepScenario } from '../model/scenario/scenario.js';
import {
  array,
  budget,
  builder,
  execute,
  foreign,
  getOption,
  load,
  setBudget,
  setOption,
  span,
  unload,
} from '../model/scenario/vocabulary.js';
import { repeat } from '../model/text.js';

const MOST = '9223372036854775807';
const LOADED = 'deserialize, set 100, context';
const REFUSED = 'set-option InvalidArgument';
const NOT_FOUND = 'get-option NotFound';

/** The engine with its compile spec, and what is done. */
const doing = (...list: readonly StepScenario[]): Scenario => ({ spec: '100', steps: list });
const setting = (value: OptionScenario): Scenario => doing(load(), setBudget(value));
const settingAll = (entry: EntryScenario): Scenario => doing(load(), setOption(entry));

/** The engine is loaded, and then changed to each of these budgets. */
const changed = (...budgets: readonly (number | string)[]): string =>
  [LOADED, ...budgets.map((bytes) => `set ${bytes}, context`)].join(', ');
const changes = (bytes: number | string): ReturnType<typeof all> =>
  all(steps('ok', 'ok'), calls(changed(bytes)), logs(false));
const unchanged = all(steps('ok', 'ok'), calls(LOADED), logs(false));
const refuses = all(steps('ok', REFUSED), calls(LOADED), logs(true));

/** Cases of the clauses about what is taken, kept and told. */
export const SET_OPTION: readonly Case[] = [
  clause('WSB-SET-01')
    .control('no change', doing(load(), execute()), calls(`${LOADED}, enqueue`))
    .violation('a live engine', setting('5'), changes(5))
    .violation('a later load', doing(setBudget('5'), load()), fromSetOption(5n))
    .boundary('before any load', doing(setBudget('7'), getOption()), steps('ok', 'ok "7"'))
    .boundary(
      'after the last unload',
      doing(load(), unload(), setBudget('7'), load()),
      calls(LOADED, 'deserialize, set 7, context'),
    ),
  clause('WSB-SET-02')
    .control('digits', setting('5'), changes(5))
    .violation('a plus', setting('+5'), refuses)
    .violation('a minus before zero', setting('-0'), refuses)
    .violation('a blank', setting(' 5'), refuses)
    .violation('a letter behind', setting('5x'), refuses)
    .violation('hexadecimal', setting('0x10'), refuses)
    .violation('a word', setting('auto'), refuses)
    .boundary('the largest', setting(MOST), changes(1024))
    .boundary('one more', setting('9223372036854775808'), refuses)
    .boundary('256 zeros', settingAll(span([BUDGET, array(repeat('0', 256))])), changes(0))
    .boundary('256 nines', settingAll(span([BUDGET, array(repeat('9', 256))])), refuses),
  clause('WSB-SET-03')
    .control('five', setting(5), changes(5))
    .violation('minus five', setting(-5), refuses)
    .boundary('zero', setting(0), changes(0))
    .boundary('minus one', setting(-1), refuses)
    .boundary('the largest int', setting(2147483647), changes(1024))
    .boundary('the least int', setting(-2147483648), refuses),
  clause('WSB-SET-04')
    .control('one', setting(1), changes(1))
    .violation('true', setting(true), refuses)
    .boundary('false', setting(false), refuses)
    .boundary('zero', setting(0), changes(0)),
  clause('WSB-SET-05')
    .control('a valid one after another', doing(load(), setBudget('5'), setBudget('6')), calls(changed(5, 6)))
    .violation(
      'told as before',
      doing(load(), setBudget('5'), setBudget('6x'), getOption(), execute()),
      all(steps('ok', 'ok', REFUSED, 'ok "5"', 'ok'), calls(`${changed(5)}, enqueue`)),
    )
    .violation(
      'in force for loads as before',
      doing(setBudget('5'), setBudget(-6), load()),
      all(steps('ok', REFUSED, 'ok'), calls('deserialize, set 5, context')),
    )
    .violation(
      'no budget as before',
      doing(setBudget(true), load(), getOption()),
      all(steps(REFUSED, 'ok', NOT_FOUND), calls(LOADED)),
    )
    .boundary('malformed, then valid', settingAll(span([BUDGET, '5x'], [BUDGET, '7'])), refuses)
    .boundary('valid, then malformed', settingAll(span([BUDGET, '7'], [BUDGET, '5x'])), changes(7)),
  clause('WSB-SET-06')
    .control('accepted', setting('5'), logs(false))
    .violation('malformed', setting('5x'), logs(true))
    .violation('negative', setting(-5), logs(true))
    .violation('a bool', setting(true), logs(true))
    .boundary('refused by TensorRT', { ...setting('5'), answers: [true, false] }, logs(true))
    .boundary('more than the engine can stream', setting('5000'), logs(false)),
  clause('WSB-SET-07')
    .control('the budget alone', setting('5'), changes(5))
    .violation('an unknown key', settingAll(builder(['compute_mode', 'fast'])), unchanged)
    .violation('an unknown key with a bool', settingAll(span(['profiling', true])), unchanged)
    .boundary('before the budget', settingAll(builder(['compute_mode', 'fast'], [BUDGET, '5'])), changes(5))
    .boundary('behind the budget', settingAll(builder([BUDGET, '5'], ['compute_mode', -1])), changes(5))
    .boundary('a key that begins like it', settingAll(builder([`${BUDGET}_total`, '5'])), unchanged)
    .boundary('the beginning of it', settingAll(builder([BUDGET.slice(0, -1), '+5'])), unchanged)
    .boundary('no options', settingAll(builder()), unchanged)
    .boundary(
      'another backend',
      settingAll(foreign('AcmeBackend', '5')),
      all(steps('ok', 'set-option NotFound'), calls(LOADED)),
    ),
  clause('WSB-SET-16')
    .control('none is set', doing(load()), calls(LOADED))
    .violation('before the compile spec', doing(setBudget('5'), load()), fromSetOption(5n))
    .violation('before an automatic budget', { steps: [setBudget('5'), load()] }, fromSetOption(5n))
    .violation(
      'the last one that was set',
      doing(setBudget('5'), load(), setBudget('6'), load()),
      calls('deserialize, set 5, context, set 6, context', 'deserialize, set 6, context'),
    )
    .violation(
      'for every engine',
      { engines: [{ spec: '1' }, {}, { streamable: 5n }], steps: [setBudget('5'), load()] },
      fromSetOption(5n, 5n, 5n),
    )
    .boundary(
      'a malformed compile spec',
      { spec: '5x', steps: [setBudget('5'), load()] },
      all(fromSetOption(5n), logs(false)),
    )
    .boundary(
      'a malformed compile spec, and none set',
      { spec: '5x', steps: [getOption(), load()] },
      steps(NOT_FOUND, 'load InvalidProgram'),
    )
    .boundary('two compile specs', { spec: ['7', '8'], steps: [setBudget('5'), load()] }, fromSetOption(5n))
    .boundary('an empty option', doing(setBudget('5'), load('')), all(fromSetOption(5n), logs(true)))
    .boundary(
      'a resident engine',
      { streamable: 0n, steps: [setBudget('5'), load()] },
      all(calls('deserialize, context'), logs(true)),
    ),
  clause('WSB-SET-17')
    .control('no option', doing(setBudget('5'), load()), fromSetOption(5n))
    .violation('an option', doing(setBudget('5'), load('7')), fromOption(7n))
    .violation('an integer', doing(setBudget('5'), load(7)), fromOption(7n))
    .boundary('the option 0', doing(setBudget('5'), load(0)), fromOption(0n))
    .boundary('a malformed option', doing(setBudget('5'), load('7x')), steps('ok', 'load InvalidProgram'))
    .boundary(
      'the options of a module',
      { ...doing(setBudget('5'), load()), module: [budget('9')] },
      fromOption(9n),
    ),
  clause('WSB-SET-18')
    .control('another one', doing(setBudget('5'), setBudget('6'), load()), fromSetOption(6n))
    .violation('taken back for loads', doing(setBudget('5'), setBudget(''), load()), calls(LOADED))
    .violation(
      'taken back for who asks',
      doing(setBudget('5'), setBudget(''), getOption()),
      all(steps('ok', 'ok', NOT_FOUND), logs(false)),
    )
    .violation(
      'not taken from an engine',
      doing(load(), setBudget('5'), setBudget(''), execute()),
      all(steps('ok', 'ok', 'ok', 'ok'), calls(`${changed(5)}, enqueue`)),
    )
    .boundary('none was set', doing(setBudget(''), load()), all(steps('ok', 'ok'), calls(LOADED)))
    .boundary(
      'digits behind a NUL',
      doing(setBudget('5'), setOption(span([BUDGET, array('\0' + '7')])), load()),
      calls(LOADED),
    )
    .boundary(
      'set once more',
      doing(setBudget('5'), setBudget(''), setBudget('8'), load()),
      fromSetOption(8n),
    ),
  clause('WSB-SET-19')
    .control('as text', doing(setBudget('512'), getOption()), steps('ok', 'ok "512"'))
    .violation(
      'not as clamped',
      doing(load(), setBudget('5000'), getOption()),
      steps('ok', 'ok', 'ok "5000"'),
    )
    .violation('not as given', doing(setBudget('007'), getOption()), steps('ok', 'ok "7"'))
    .violation('not as an int', doing(setBudget(7), getOption()), steps('ok', 'ok "7"'))
    .boundary('zero', doing(setBudget('0'), getOption()), steps('ok', 'ok "0"'))
    .boundary('the largest', doing(setBudget(MOST), getOption()), steps('ok', `ok "${MOST}"`))
    .boundary(
      '200 zeros before it',
      doing(setBudget(repeat('0', 200, '42')), getOption()),
      steps('ok', 'ok "42"'),
    ),
  clause('WSB-SET-20')
    .control('one is set', doing(setBudget('5'), getOption()), steps('ok', 'ok "5"'))
    .violation('none is set', doing(getOption()), steps(NOT_FOUND))
    .violation('a compile spec sets none', doing(load(), getOption()), steps('ok', NOT_FOUND))
    .violation('an option sets none', doing(load('7'), getOption()), steps('ok', NOT_FOUND))
    .boundary(
      'it was taken back',
      doing(setBudget('5'), setBudget(''), getOption()),
      steps('ok', 'ok', NOT_FOUND),
    )
    .boundary('it was refused', doing(setBudget('5x'), getOption()), steps(REFUSED, NOT_FOUND))
    .boundary('another key', doing(setBudget('5'), getOption('compute_mode')), steps('ok', NOT_FOUND))
    .boundary(
      'a key that begins like it',
      doing(setBudget('5'), getOption(`${BUDGET}_total`)),
      steps('ok', NOT_FOUND),
    )
    .boundary(
      'another backend',
      doing(setBudget('5'), getOption(BUDGET, 'AcmeBackend')),
      steps('ok', NOT_FOUND),
    ),
].flatMap(({ cases }) => cases);
