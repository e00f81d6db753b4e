import { quoteBudget } from '../../reference/index.js';
import { countText } from '../model/count-text.js';
import { briefly, lineList, visible, type VisibleText } from '../model/visible-text.js';
import { RECORDED_ENGINES } from '../oracle/recorded.js';
import type { BudgetPlan, Choice, PlannedEngine } from '../planning/budget-plan.js';
import { streamedBytes } from '../planning/engine-need.js';
import type { ProgramEngine } from '../planning/program-engines.js';
import { timeText } from '../report/table.js';
import { shellWord } from './shell-word.js';
import type { Bandwidth } from './streaming-bandwidth.js';

/** A plan with what it was asked about. Sizes are bytes. */
export interface ToldPlan {
  readonly file: string;
  readonly memory: bigint;
  readonly reserve: bigint;
  /** Taken by tensors outside of the engines. */
  readonly arenas: bigint;
  readonly bandwidth: Bandwidth;
  /** The TensorRT that was asked; null for none. */
  readonly asked: string | null;
  readonly engines: readonly ProgramEngine[];
  /** Those whose sizes are known. */
  readonly known: readonly PlannedEngine[];
  /** Null where not all are. */
  readonly plan: BudgetPlan | null;
}

const NAME_LENGTH = 30;
/** Cells of a bar. */
const BAR = 20;

/** A plan to read. */
export function planText(told: ToldPlan): VisibleText {
  const { file, memory, reserve, arenas, plan } = told;
  const kept = reserve === 0n ? '' : `, ${countText(reserve)} of them left free`;
  const tensors = arenas === 0n ? '' : `, ${countText(arenas)} taken by tensors between engines`;
  return lineList([
    visible`${file} on a device with ${countText(memory)} bytes free${kept}${tensors}`,
    visible``,
    ...engineTable(told),
    ...sourceLines(told),
    visible``,
    ...(plan === null ? unknownLines(told) : planLines(told, plan)),
  ]);
}

function engineTable({ engines }: ToldPlan): VisibleText[] {
  const head = ['engine', 'streamable', 'scratch', 'activations', 'budget now'];
  const rows = engines.map(({ name, sizes, budgets }) => [
    String(briefly(name, NAME_LENGTH)),
    ...(sizes === null
      ? ['unknown', 'unknown', 'unknown']
      : [sizes.streamable, sizes.scratch, sizes.activations].map(countText)),
    budgetsText(budgets),
  ]);
  return columns([head, ...rows]).map((row) => visible`${row}`);
}

/** Who told the sizes. */
function sourceLines({ engines, asked }: ToldPlan): VisibleText[] {
  const sources = new Set(engines.map(({ sizes }) => sizes?.from));
  const texts = [
    ...(sources.has('scripted') || sources.has('modelled') ? ['scripted plans'] : []),
    ...(sources.has('recorded') ? [`recorded plans (${RECORDED_ENGINES})`] : []),
    ...(sources.has('told') ? [asked ?? 'TensorRT'] : []),
  ];
  return texts.length === 0 ? [] : [visible`Sizes in bytes, as told by ${texts.join(' and ')}.`];
}

function budgetsText(budgets: ProgramEngine['budgets']): string {
  if (budgets === null) return 'unreadable';
  return budgets.length === 0
    ? 'automatic'
    : budgets.map((one) => String(briefly(quoteBudget(one), BAR))).join(' and ');
}

/**
 * Lines with their cells below each other: the first column to the left, the others to the right.
 */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  '),
  );
}

function unknownLines({ engines, file }: ToldPlan): VisibleText[] {
  const unknown = engines.filter(({ sizes, plan }) => sizes === null || plan === null);
  const names = unknown.map(({ name }) => String(briefly(name, NAME_LENGTH)));
  const shown =
    names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
  return [
    visible`Nothing can be planned: what is needed is not known here of ${shown}.`,
    visible`A plan that is neither scripted nor recorded is known to TensorRT alone, which has to be asked`,
    visible`on a machine with one:`,
    visible`  npx trt-conformance plan ${shellWord(file)} --device-memory SIZE --tensorrt DIR --write-engine-facts FILE`,
    visible`Elsewhere then give --engine-facts FILE.`,
  ];
}

function planLines(told: ToldPlan, plan: BudgetPlan): VisibleText[] {
  const { room, leastNeed, residentNeed, given } = plan;
  const { bytesPerSecond, from } = told.bandwidth;
  return [
    visible`The engines need ${countText(leastNeed)} bytes at least, ${countText(residentNeed)} to stream nothing, margins`,
    visible`included. There are ${countText(room < 0n ? 0n : room)}.`,
    ...(given === null ? [] : givenLines(told, plan, given)),
    ...(plan.each === null
      ? [
          visible`Not even with everything streamed do they fit: ${countText(leastNeed - room)} bytes more are needed.`,
        ]
      : fitLines(told, plan)),
    visible``,
    visible`Streaming: ${countText(bytesPerSecond)} bytes a second, from ${from}.`,
  ];
}

function givenLines(told: ToldPlan, plan: BudgetPlan, given: Choice): VisibleText[] {
  const over = given.need - plan.room;
  const fit = over > 0n ? `does not fit: ${countText(over)} bytes more are needed` : 'fits';
  return [
    visible``,
    visible`The budget that was asked about ${fit}.`,
    ...barLines(plan, given),
    visible`  ${costText(told, given)}`,
  ];
}

function fitLines(told: ToldPlan, plan: BudgetPlan): VisibleText[] {
  const { one, each, engines } = plan;
  if (each === null) return [];
  const isBest = one !== null && one.streamed <= each.streamed;
  return [
    visible``,
    ...(one === null ? [visible`No one budget for all engines fits.`] : oneLines(told, plan, one)),
    ...(isBest ? [] : eachLines(told, plan, each)),
    ...(isBest && engines.length > 1
      ? [visible``, visible`No budgets that differ from engine to engine stream less.`]
      : []),
  ];
}

function oneLines(
  told: ToldPlan,
  plan: BudgetPlan,
  one: Choice & { readonly budget: bigint },
): VisibleText[] {
  const { engines, ranges } = plan;
  const what = engines.length === 1 ? 'The largest budget' : 'The largest budget for all engines alike';
  const gaps = ranges.map(
    ({ from, to }) => `${countText(from)} ${to === null ? 'and more' : `to ${countText(to)}`}`,
  );
  return [
    visible`${what}: ${countText(one.budget)}${one.streamed === 0n ? ', with which nothing is streamed' : ''}`,
    ...barLines(plan, one),
    visible`  ${costText(told, one)}`,
    ...(gaps.length > 1 ? [visible`  Not all smaller ones fit, but these: ${gaps.join(', ')}`] : []),
    visible`  As a load-time option: weight_streaming_budget=${one.budget}. In the program:`,
    visible`  npx trt-conformance set-budget ${shellWord(told.file)} --all ${one.budget} -o FILE`,
  ];
}

function eachLines(told: ToldPlan, plan: BudgetPlan, each: NonNullable<BudgetPlan['each']>): VisibleText[] {
  return [
    visible``,
    visible`A budget for each engine${each.proven ? '' : ', good but perhaps not the best'}:`,
    ...barLines(plan, each),
    visible`  ${costText(told, each)}`,
    visible`  ${setBudgetCommand(told.file, plan, each)}`,
  ];
}

function barLines({ engines }: BudgetPlan, { budgets }: Choice): VisibleText[] {
  const rows = engines.map((engine, at) => {
    const budget = budgets[at] ?? 0n;
    return [
      String(briefly(engine.engine.name, NAME_LENGTH)),
      countText(budget),
      bar(engine, budget),
      stateText(engine, budget),
    ];
  });
  const widths = [0, 1].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map(
    ([name = '', budget = '', drawn = '', state = '']) =>
      visible`  ${name.padEnd(widths[0] ?? 0)}  ${budget.padStart(widths[1] ?? 0)}  ${drawn}  ${state}`,
  );
}

/** The part of the weights that is resident; full only where all are. */
function bar(engine: PlannedEngine, budget: bigint): string {
  const { streamable } = engine;
  const filled = budget >= streamable ? BAR : Number((budget * BigInt(BAR)) / streamable);
  return `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}`;
}

function stateText(engine: PlannedEngine, budget: bigint): string {
  if (engine.streamable === 0n) return 'streams nothing';
  const streamed = streamedBytes(engine, budget);
  if (streamed === 0n) return 'resident';
  const runs = engine.runs === 1n ? '' : `, ${countText(engine.runs)} times`;
  return `${countText(streamed)} streamed${runs}`;
}

function costText({ bandwidth }: ToldPlan, choice: Choice): string {
  const { need, streamed } = choice;
  const time =
    streamed === 0n ? '' : `, ${timeText(Number(streamingMicroseconds(bandwidth, streamed)) / 1000)}`;
  return `${countText(need)} bytes needed, ${countText(streamed)} streamed a run${time}`;
}

/** How long so many bytes are streamed, in microseconds. */
export function streamingMicroseconds({ bytesPerSecond }: Bandwidth, bytes: bigint): bigint {
  return (bytes * 1_000_000n) / bytesPerSecond;
}

/** The command that writes these budgets into the program. */
export function setBudgetCommand(file: string, { engines }: BudgetPlan, { budgets }: Choice): string {
  const given = engines.flatMap(({ engine, streamable }, at) =>
    streamable === 0n ? [] : [`--engine ${shellWord(`${engine.name}=${budgets[at] ?? 0n}`)}`],
  );
  return ['npx trt-conformance set-budget', shellWord(file), ...given, '-o FILE'].join(' ');
}
