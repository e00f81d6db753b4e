import type { EngineOutcome, Leaks, Outcome, StepOutcome } from '../../reference/outcome/outcome.js';
import { budgetText, callText, programText, stepText } from './call-text.js';

/** One way in which two outcomes differ, each side in words. */
export interface Difference {
  /** Where, such as `engines[1].calls`. */
  readonly path: string;
  readonly expected: string;
  readonly observed: string;
}

const NOTHING = 'nothing';

/**
 * Every difference between two outcomes, in the order of an outcome's fields. Empty when they are
 * equal.
 */
export function differences(expected: Outcome, observed: Outcome): Difference[] {
  return [
    difference('program', programText(expected), programText(observed)),
    ...pairs(expected.steps, observed.steps).flatMap(([a, b], at) => stepDifferences(`steps[${at}]`, a, b)),
    ...pairs(expected.engines, observed.engines).flatMap(([a, b], at) =>
      engineDifferences(`engines[${at}]`, a, b),
    ),
    ...leakDifferences(expected.leaks, observed.leaks),
    difference('violations', listText(expected.violations), listText(observed.violations)),
  ].filter((found) => found !== null);
}

function stepDifferences(
  path: string,
  expected: StepOutcome | undefined,
  observed: StepOutcome | undefined,
): (Difference | null)[] {
  if (expected === undefined || observed === undefined) {
    return [difference(path, textOr(expected, stepText), textOr(observed, stepText))];
  }
  return [
    difference(path, stepText(expected), stepText(observed)),
    difference(`${path}.warned`, loggedText(expected.warned), loggedText(observed.warned)),
  ];
}

function engineDifferences(
  path: string,
  expected: EngineOutcome | undefined,
  observed: EngineOutcome | undefined,
): (Difference | null)[] {
  if (expected === undefined || observed === undefined) {
    return [difference(path, textOr(expected, callsText), textOr(observed, callsText))];
  }
  return [
    difference(`${path}.step`, String(expected.step), String(observed.step)),
    difference(`${path}.source`, expected.source ?? NOTHING, observed.source ?? NOTHING),
    difference(`${path}.applied`, budgetText(expected.applied), budgetText(observed.applied)),
    difference(`${path}.calls`, callsText(expected), callsText(observed)),
  ];
}

function leakDifferences(expected: Leaks, observed: Leaks): (Difference | null)[] {
  return (Object.keys(expected) as (keyof Leaks)[]).map((what) =>
    difference(`leaks.${what}`, String(expected[what]), String(observed[what])),
  );
}

function difference(path: string, expected: string, observed: string): Difference | null {
  return expected === observed ? null : { path, expected, observed };
}

function callsText(engine: EngineOutcome): string {
  return listText(engine.calls.map(callText));
}

function loggedText(warned: boolean): string {
  return warned ? 'logged at Error level' : 'not logged';
}

function listText(items: readonly string[]): string {
  return items.length === 0 ? 'none' : items.join(', ');
}

function textOr<T>(value: T | undefined, text: (value: T) => string): string {
  return value === undefined ? NOTHING : text(value);
}

function pairs<T>(a: readonly T[], b: readonly T[]): [T | undefined, T | undefined][] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, at) => [a[at], b[at]]);
}
