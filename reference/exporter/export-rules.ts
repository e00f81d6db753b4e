import { BUDGET_KEY } from '../rules/budget-key.js';
import { cText } from '../rules/c-string.js';
import type { CompileSpec } from '../rules/find-spec.js';
import type { ExportWay, GivenBudget, GivenEngine } from './export-request.js';
import { type ReadBudget, readGivenBudget } from './read-given-budget.js';

/** Where a delegate stands: its method among those that have any, and its place in it; from 0. */
export interface DelegatePlace {
  readonly method: number;
  readonly engine: number;
}

/** The rules of an exporter; a wrong one differs in one of them. */
export interface ExportRules {
  readonly readBudget: (given: GivenBudget | null) => ReadBudget;
  /** The value of the compile spec of a budget (WSB-EXPORT-15). */
  readonly digits: (bytes: bigint, given: GivenBudget | null) => string;
  /** Whether a key of the user's is that of the budget (WSB-EXPORT-16, -17). */
  readonly isBudgetKey: (key: string) => boolean;
  /** Whether the key of the budget is looked for among the user's (WSB-EXPORT-16, -18). */
  readonly looksForKey: (way: ExportWay, hasBudget: boolean) => boolean;
  /** Whether a delegate gets the budget (WSB-EXPORT-14). */
  readonly getsBudget: (place: DelegatePlace) => boolean;
  /** Whether a budget is warned of, by the engines of each method (WSB-EXPORT-20, -21). */
  readonly warns: (engines: readonly number[]) => boolean;
  /** Whether what a user gives as target devices is taken (WSB-EXPORT-23). */
  readonly takesTargets: (values: readonly Uint8Array[]) => boolean;
  /** The target device of an engine (WSB-EXPORT-04, -05). */
  readonly targetDevice: (engine: GivenEngine) => string;
  /** Whether a compile spec of the user's is written (WSB-EXPORT-19). */
  readonly keeps: (spec: CompileSpec) => boolean;
  /** What a value is looked at for in another format; null: for nothing (WSB-EXPORT-22). */
  readonly inOtherFormats: ((given: GivenBudget | null) => ReadBudget) | null;
  /** The engine as its blob describes it (WSB-EXPORT-06, -24). */
  readonly described: (engine: GivenEngine) => GivenEngine;
}

const TARGET_DEVICE = /^cuda:(?:0|[1-9][0-9]*)$/;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The rules of a conforming exporter. */
export const STANDARD_EXPORT_RULES: ExportRules = {
  readBudget: readGivenBudget,
  digits: (bytes) => String(bytes),
  isBudgetKey: (key) => cText(key) === BUDGET_KEY,
  looksForKey: () => true,
  getsBudget: () => true,
  warns: (engines) => engines.reduce((sum, count) => sum + count, 0) > 1,
  takesTargets: (values) =>
    values.length <= 1 && values.every((value) => TARGET_DEVICE.test(decoder.decode(value))),
  targetDevice: ({ device }) => `cuda:${device}`,
  keeps: () => true,
  inOtherFormats: null,
  described: (engine) => engine,
};
