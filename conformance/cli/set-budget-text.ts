import { quoteBudget } from '../../reference/index.js';
import type { ProgramPatch } from '../../reference/program/patch-budgets.js';
import { countText } from '../model/count-text.js';
import { briefly, lineList, visible, visibleJson, type VisibleText } from '../model/visible-text.js';
import type { ProgramEngine } from '../planning/program-engines.js';
import type { EngineEdit } from '../planning/wanted-budgets.js';
import { bytesToJson, nameToJson } from '../wire/json/json-bytes.js';

/** What set-budget has done, or would do. */
export interface BudgetsSet {
  readonly file: string;
  /** The new file; null where none was asked for. */
  readonly out: string | null;
  /** Whether that is the program itself. */
  readonly inPlace: boolean;
  readonly engines: readonly ProgramEngine[];
  readonly edits: readonly EngineEdit[];
  readonly patch: ProgramPatch;
  /** Bytes of the file as it was. */
  readonly sizeBefore: number;
  /** False where it was only asked what would change. */
  readonly written: boolean;
}

/** What was changed, to read. */
export function setBudgetText(done: BudgetsSet): VisibleText {
  const { file, engines, edits } = done;
  const width = Math.max(...engines.map(({ name }) => briefly(name).length));
  return lineList([
    visible`${file}: ${engines.length === 1 ? '1 engine' : `${countText(engines.length)} engines`}`,
    ...engines.map((engine) => {
      const edit = edits.find((one) => one.engine === engine);
      return visible`  ${briefly(engine.name).padEnd(width)}  ${changeText(engine, edit)}`;
    }),
    ...warnings(done).map((line) => visible`warning: ${line}`),
    lastLine(done),
  ]);
}

function changeText({ budgets, sizes }: ProgramEngine, edit: EngineEdit | undefined): string {
  const before = budgetsText(budgets);
  const size = sizes === null ? '' : ` (${countText(sizes.streamable)} streamable)`;
  if (edit === undefined) return `${before}, kept${size}`;
  const after = edit.budget === null ? 'automatic' : countText(edit.budget);
  return `${before} -> ${after}${size}`;
}

function budgetsText(budgets: ProgramEngine['budgets']): string {
  if (budgets === null) return 'unreadable';
  return budgets.length === 0 ? 'automatic' : budgets.map(quoteBudget).join(' and ');
}

function lastLine({ file, out, inPlace, patch, sizeBefore, written }: BudgetsSet): VisibleText {
  const moved = patch.keptAt - patch.keptFrom;
  const grown = `${countText(patch.size)} bytes, ${countText(patch.size - sizeBefore)} more`;
  const segments = moved > 0 && patch.size > patch.keptAt ? `, segments moved by ${countText(moved)}` : '';
  if (!written || out === null) {
    return visible`Nothing was written. The program would have ${grown}${segments}.`;
  }
  if (patch.changes) return visible`Written and read back: ${out} (${grown}${segments}).`;
  return inPlace
    ? visible`${file} says so already, and is as it was.`
    : visible`${file} says so already: ${out} is a copy.`;
}

/** What a user may not have meant. */
export function warnings({ engines, edits }: BudgetsSet): readonly VisibleText[] {
  const resident = edits.filter(
    ({ engine, budget }) => budget !== null && (engine.sizes?.streamable ?? 1n) <= 0n,
  );
  const several = edits.filter(({ engine }) => (engine.budgets?.length ?? 0) > 1);
  const different = new Set(engines.map((engine) => budgetAfter(engine, edits)));
  return [
    ...several.map(
      ({ engine }) =>
        visible`${briefly(engine.name)} had ${engine.budgets?.length ?? 0} budgets, with which it does not load; it has one at most now`,
    ),
    ...resident.map(
      ({ engine }) =>
        visible`${briefly(engine.name)} streams nothing: a delegate drops its budget and logs an error (WSB-APPLY-08)`,
    ),
    ...(different.size <= 1
      ? []
      : [
          visible`the engines have different budgets. A delegate takes each for its own engine, but no exporter writes such a program, and explain warns of it (WSB-EXPORT-03)`,
        ]),
  ];
}

function budgetAfter(engine: ProgramEngine, edits: readonly EngineEdit[]): string {
  const edit = edits.find((one) => one.engine === engine);
  if (edit === undefined) return budgetsText(engine.budgets);
  return budgetsText(edit.budget === null ? [] : [new TextEncoder().encode(String(edit.budget))]);
}

/** The same as JSON; budgets and sizes of engines as decimal strings. */
export function setBudgetJson(done: BudgetsSet): VisibleText {
  const { file, out, engines, edits, patch, sizeBefore, written } = done;
  const told = {
    ...{ file, out: written ? out : null, written, changed: patch.changes },
    size: { before: sizeBefore, after: patch.size },
    segments: { before: patch.keptFrom, after: patch.keptAt },
    engines: engines.map((engine) => {
      const edit = edits.find((one) => one.engine === engine);
      const before = engine.budgets?.map(bytesToJson) ?? null;
      const after = edit === undefined ? before : edit.budget === null ? [] : [{ text: String(edit.budget) }];
      return {
        ...{ engine: nameToJson(engine.name), before, after, set: edit !== undefined },
        streamable: engine.sizes === null ? null : String(engine.sizes.streamable),
      };
    }),
    warnings: warnings(done),
  };
  return lineList([visibleJson(told, null, 2)]);
}
