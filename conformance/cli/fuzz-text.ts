import { join } from 'node:path';
import { writeInput } from '../fuzz/corpus.js';
import type { FuzzFinding, FuzzTally } from '../fuzz/finding.js';
import { PROGRAM_TARGET } from '../fuzz/run-fuzz.js';
import { countText } from '../model/count-text.js';
import { visible, type VisibleText } from '../model/visible-text.js';
import { shellWord } from './shell-word.js';

/** A finding whose input was written. */
export interface KeptFinding extends FuzzFinding {
  readonly file: string;
}

const WIDTH = { target: 10, how: 34, executions: 14, rate: 12, fresh: 8 };

/** The names of the columns that {@link tallyLines} fills. */
export const FUZZ_HEADER = visible`${row('target', 'inputs', 'executions', 'a second', 'new')}findings`;

/** A line for a target that was fuzzed, and what else is to be told of it. */
export function tallyLines({
  target,
  how,
  executions,
  milliseconds,
  fresh,
  ...rest
}: FuzzTally): VisibleText[] {
  const rate = countText(Math.round((1000 * executions) / Math.max(milliseconds, 1)));
  const { notes, findings } = rest;
  const line = row(target, how, countText(executions), rate, countText(fresh));
  return [visible`${line}${findings.length}`, ...notes.map((note) => visible`  ${note}`)];
}

function row(target: string, how: string, executions: string, rate: string, fresh: string): string {
  const numbers = [
    executions.padStart(WIDTH.executions),
    rate.padStart(WIDTH.rate),
    fresh.padStart(WIDTH.fresh),
  ];
  return `${target.padEnd(WIDTH.target)}${how.padEnd(WIDTH.how)}${numbers.join('')}  `;
}

/** Writes the input of a finding below `folder`. */
export function keepFinding(folder: string, finding: FuzzFinding): KeptFinding {
  const ending = finding.target === PROGRAM_TARGET ? '.json' : '';
  return { ...finding, file: writeInput(join(folder, finding.target), finding.input, ending) };
}

/** A line for each finding: the target, what happened, and how to see it again. */
export function findingLines(kept: readonly KeptFinding[], subject: string): VisibleText[] {
  return kept.map(({ target, what, file }) => {
    const again =
      target === PROGRAM_TARGET
        ? `run --subject ${shellWord(subject)} --case ${shellWord(file)}`
        : `fuzz --target ${target} --replay ${shellWord(file)}`;
    return visible`finding  ${target}: ${what}; again: npx trt-conformance ${again}`;
  });
}

/** What all targets came to. */
export function endLines(
  tallies: readonly FuzzTally[],
  kept: readonly KeptFinding[],
  milliseconds: number,
): VisibleText[] {
  const executions = tallies.reduce((sum, tally) => sum + tally.executions, 0);
  const fresh = tallies.reduce((sum, tally) => sum + tally.fresh, 0);
  const seconds = (milliseconds / 1000).toFixed(1);
  return [
    visible`${countText(executions)} executions in ${seconds} s, ${countText(fresh)} new inputs, ${kept.length} findings.`,
  ];
}
