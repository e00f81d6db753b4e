import type { BuiltEngine } from '../tensorrt/engine-kind.js';
import { type DeviceCheckResult, numberOf, type Observation } from '../../model/device-check.js';
import { look, type Looking, resultOf } from '../tensorrt/look.js';

/** Device memory is given out in pieces of 2 MiB, and TensorRT may keep some of them. */
const SLACK = 16n << 20n;

/**
 * Whether TensorRT itself keeps to what the modelled engine says of it: which budgets it accepts,
 * that a context locks the budget, and when the memory is taken.
 */
export async function checkBudgetCalls(
  looking: Looking,
  { file, streamable }: BuiltEngine,
): Promise<readonly DeviceCheckResult[]> {
  const seen = await look(looking, 'budget-calls', '--plan', file);
  return [
    resultOf({ name: 'budget-calls/answers', clause: null }, seen, (lines) =>
      said(wrongAnswers(lines, streamable), 'every budget from 0 on is accepted and in force, none below'),
    ),
    resultOf({ name: 'budget-calls/locked by a context', clause: 'WSB-APPLY-11' }, seen, (lines) =>
      said(unlocked(lines), 'no budget is changed while a context lives'),
    ),
    resultOf({ name: 'budget-calls/memory', clause: 'WSB-MEM-04' }, seen, (lines) =>
      said(
        wrongMemory(lines, streamable),
        'all weights are taken at the set, parts of them with the context',
      ),
    ),
  ];
}

function said(wrong: readonly string[], right: string): Pick<DeviceCheckResult, 'verdict' | 'message'> {
  return wrong.length === 0
    ? { verdict: 'pass', message: right }
    : { verdict: 'fail', message: wrong.join('; ') };
}

const setsOf = (lines: readonly Observation[], locked: boolean): readonly Observation[] =>
  lines.filter(({ call, context }) => call === 'set' && context === locked);

function wrongAnswers(lines: readonly Observation[], streamable: bigint): readonly string[] {
  const sets = setsOf(lines, false);
  if (sets.length === 0) return ['no budget was set'];
  return sets.flatMap((line) => {
    const budget = numberOf(line, 'budget');
    const expected = budget >= 0n;
    if (line['ok'] !== expected) return [`a budget of ${budget} was ${expected ? 'refused' : 'accepted'}`];
    const force = budget < streamable ? budget : streamable;
    return expected && numberOf(line, 'inForce') !== force
      ? [`after a budget of ${budget}, ${String(line['inForce'])} is in force`]
      : [];
  });
}

function unlocked(lines: readonly Observation[]): readonly string[] {
  const sets = setsOf(lines, true);
  if (sets.length === 0) return ['no budget was set while a context lived'];
  return sets.flatMap(({ ok, budget }) =>
    ok === false ? [] : [`a budget of ${String(budget)} was accepted`],
  );
}

/**
 * Where more or less memory was taken between two calls than the model says. What is resident
 * before the first set is left open.
 */
function wrongMemory(all: readonly Observation[], streamable: bigint): readonly string[] {
  const lines = all.slice(
    all.findIndex(({ call, ok, budget }) => call === 'set' && ok === true && budget !== '-1'),
  );
  if (!lines.some(({ call, ok }) => call === 'context' && ok === true)) return ['no context was made'];
  return lines.flatMap((line, at) => {
    const before = lines[at - 1];
    if (before === undefined) return [];
    const taken = numberOf(before, 'free') - numberOf(line, 'free');
    const force = numberOf(line, 'inForce');
    const earlier = numberOf(before, 'inForce');
    if (line['call'] === 'set' && force !== earlier) {
      const resident = (budget: bigint): bigint => (budget >= streamable ? streamable : 0n);
      return around(taken, resident(force) - resident(earlier), `set ${force}`);
    }
    if (line['call'] === 'context' && line['ok'] === true && force < streamable) {
      return taken + SLACK < force
        ? [`the context took ${taken} bytes, less than the budget of ${force}`]
        : [];
    }
    return [];
  });
}

function around(taken: bigint, expected: bigint, what: string): readonly string[] {
  const off = taken > expected ? taken - expected : expected - taken;
  return off <= SLACK ? [] : [`${what} took ${taken} bytes, not ${expected}`];
}
