import type { FailureName } from '../../reference/outcome/error-code.js';
import type { BudgetSource, EngineOutcome, Outcome } from '../../reference/outcome/outcome.js';
import { budgetText, callText, isBudgetCall, programText, stepText } from './call-text.js';

/**
 * What the author of a case expects, in words and as a check. It is written from the clause alone,
 * so that it tests the reference model as much as the model tests a delegate.
 */
export interface Expectation {
  /** The expectation in words, such as `applies 5 from the compile spec`. */
  readonly text: string;
  /** Null when `outcome` is as expected, else what is not. */
  readonly check: (outcome: Outcome) => string | null;
}

/**
 * Every step is ok, and each engine ends with that budget in bytes, in order; null: no budget was
 * set.
 */
export function applies(...budgets: readonly (bigint | null)[]): Expectation {
  return expectation(`applies ${list(budgets.map(budgetText))}`, (outcome) =>
    first(allOk(outcome), same('applied', budgets.map(budgetText), applied(outcome))),
  );
}

/** As {@link applies}, and every engine that has a budget has it from the option. */
export const fromOption = appliesFrom('option');

/** As {@link applies}, and every engine that has a budget has it from the compile spec. */
export const fromSpec = appliesFrom('compile-spec');

/** As {@link applies}, and every engine that has a budget has it from TensorRT or the policy. */
export const fromAutomatic = appliesFrom('automatic');

/** As {@link applies}, and every engine that has a budget has it from `set_option`. */
export const fromSetOption = appliesFrom('set-option');

/**
 * The load ends with that error from the delegate: the first step that is not ok is a load with
 * this error.
 */
export function rejects(error: FailureName = 'InvalidProgram'): Expectation {
  return expectation(`rejects with ${error}`, (outcome) => {
    const step = outcome.steps.find(({ kind }) => kind === 'rejected');
    const found = step === undefined ? 'nothing rejected' : stepText(step);
    return first(same('program', 'ok', programText(outcome)), same('rejection', `load ${error}`, found));
  });
}

/** The load is rejected with InvalidProgram after the calls given, see {@link calls}. */
export function rejectsAfter(...engines: readonly string[]): Expectation {
  return all(rejects(), calls(...engines));
}

/** The program file itself is refused with that error. */
export function rejectsProgram(error: FailureName = 'InvalidProgram'): Expectation {
  return expectation(`the file is refused with ${error}`, (outcome) =>
    same('program', error, programText(outcome)),
  );
}

/** How each step ends: `ok`, or the phase and the error, such as `load InvalidProgram`. */
export function steps(...ends: readonly string[]): Expectation {
  return expectation(`steps end ${list(ends)}`, (outcome) =>
    first(
      same('program', 'ok', programText(outcome)),
      same('steps', list(ends), list(outcome.steps.map(stepText))),
    ),
  );
}

/**
 * The calls made on each engine, in order: `deserialize, automatic 512, set 512, context, enqueue`,
 * with `refused` behind a call that failed; `none` for an engine without calls.
 */
export function calls(...engines: readonly string[]): Expectation {
  return expectation(`calls ${engines.join(' then ')}`, (outcome) =>
    same(
      'calls',
      engines,
      outcome.engines.map((engine) => list(engine.calls.map(callText))),
    ),
  );
}

/** Each engine is loaded to its context, with these budget calls and no others. */
export function loadsWith(...budgets: readonly string[]): Expectation {
  return calls(...budgets.map((budget) => `deserialize, ${budget}, context`));
}

/** The budget calls alone of each engine, in order, as {@link calls} writes them. */
export function budgetCalls(...engines: readonly string[]): Expectation {
  return expectation(`budget calls ${engines.join(' then ')}`, (outcome) =>
    same(
      'budget calls',
      engines,
      outcome.engines.map((engine) => list(budgetCallsOf(engine))),
    ),
  );
}

/** No engine sees a budget call: neither the automatic budget is asked for nor any is set. */
export function noBudgetCall(): Expectation {
  return expectation('makes no budget call', (outcome) => {
    const found = outcome.engines.flatMap(budgetCallsOf);
    return same('budget calls', 'none', list(found));
  });
}

/** Whether any step writes an Error-level log record that names the budget. */
export function logs(wanted: boolean): Expectation {
  return expectation(wanted ? 'is logged at Error level' : 'nothing is logged at Error level', (outcome) =>
    same(
      'logged',
      wanted,
      outcome.steps.some(({ warned }) => warned),
    ),
  );
}

/** Nothing lives at the end, and no call was made that a conforming delegate never makes. */
export function leavesNothing(): Expectation {
  return expectation('leaves nothing alive', ({ leaks, violations }) =>
    first(
      ...Object.entries(leaks).map(([what, count]) => same(what, 0, count as number)),
      same('violations', 'none', list(violations)),
    ),
  );
}

/** All of the expectations given. */
export function all(...parts: readonly Expectation[]): Expectation {
  return expectation(parts.map(({ text }) => text).join(', '), (outcome) =>
    first(...parts.map((part) => part.check(outcome))),
  );
}

function appliesFrom(source: BudgetSource): typeof applies {
  return (...budgets) => {
    const inner = applies(...budgets);
    return expectation(`${inner.text} from the ${source}`, (outcome) =>
      first(
        inner.check(outcome),
        ...outcome.engines
          .filter((engine) => engine.applied !== null)
          .map((engine) => same('source', source, String(engine.source))),
      ),
    );
  };
}

function expectation(text: string, check: Expectation['check']): Expectation {
  return { text, check };
}

function allOk(outcome: Outcome): string | null {
  return first(
    same('program', 'ok', programText(outcome)),
    ...outcome.steps.map((step, at) => same(`step ${at}`, 'ok', stepText(step))),
  );
}

function applied(outcome: Outcome): string[] {
  return outcome.engines.map((engine) => budgetText(engine.applied));
}

function budgetCallsOf(engine: EngineOutcome): string[] {
  return engine.calls.filter(isBudgetCall).map(callText);
}

function list(items: readonly string[]): string {
  return items.length === 0 ? 'none' : items.join(', ');
}

function same(what: string, wanted: unknown, found: unknown): string | null {
  const [a, b] = [String(wanted), String(found)];
  return a === b ? null : `${what}: expected ${a}, found ${b}`;
}

function first(...faults: readonly (string | null)[]): string | null {
  return faults.find((fault) => fault !== null) ?? null;
}
