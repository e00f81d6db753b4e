import type { BudgetEdit } from '../../reference/program/patch-budgets.js';
import { type Amount, bytesOf } from './amount.js';
import type { ProgramEngine } from './program-engines.js';

/** What an engine is to have: an amount, or none for an automatic budget. */
export interface WantedBudget {
  /** The engine's name; null for all that are not named. */
  readonly engine: string | null;
  readonly amount: Amount | null;
}

/** A budget cannot be given to an engine. The message says why, and what to do. */
export class WantedBudgetError extends Error {
  override readonly name = 'WantedBudgetError';
}

/** An engine and what its budget becomes. */
export interface EngineEdit extends BudgetEdit {
  readonly engine: ProgramEngine;
}

/** Engines that a message names at most. */
const MOST_NAMED = 20;

/**
 * The budgets in bytes that engines are to have; those of which nothing is said keep theirs.
 *
 * @throws WantedBudgetError for an engine that there is not or that is named twice, and for a share
 * of an engine of which nobody knows how much it can stream
 */
export function wantedBudgets(
  engines: readonly ProgramEngine[],
  wanted: readonly WantedBudget[],
): readonly EngineEdit[] {
  const named = new Map<string, Amount | null>();
  let others: Amount | null | undefined;
  for (const { engine, amount } of wanted) {
    if (engine === null) others = amount;
    else if (named.has(engine))
      throw new WantedBudgetError(`${JSON.stringify(engine)} is given two budgets. Give one.`);
    else named.set(engine, amount);
  }
  for (const name of named.keys()) refuseUnknown(name, engines);
  return engines.flatMap((engine) => {
    const own = named.get(engine.name);
    const amount = own === undefined ? others : own;
    if (amount === undefined) return [];
    if (engine.budgets === null) {
      throw new WantedBudgetError(
        `The compile specs of ${engine.name} cannot be read, so they cannot be changed. trt-conformance explain says why.`,
      );
    }
    const budget = amount === null ? null : budgetOf(amount, engine);
    return [{ engine, method: engine.method, delegate: engine.delegate, budget }];
  });
}

function refuseUnknown(name: string, engines: readonly ProgramEngine[]): void {
  if (engines.some((engine) => engine.name === name)) return;
  const names = engines.slice(0, MOST_NAMED).map((engine) => JSON.stringify(engine.name));
  const more = engines.length > MOST_NAMED ? ` and ${engines.length - MOST_NAMED} more` : '';
  const there =
    names.length === 0 ? 'The program has no engines of TensorRT.' : `There are: ${names.join(', ')}${more}.`;
  throw new WantedBudgetError(`There is no engine ${JSON.stringify(name)}. ${there}`);
}

function budgetOf(amount: Amount, { name, sizes }: ProgramEngine): bigint {
  if (amount.kind === 'bytes') return amount.bytes;
  if (sizes === null) {
    throw new WantedBudgetError(
      `Nobody here knows how much ${name} can stream, so no share of it can be told. Give bytes, or ask TensorRT: ` +
        'trt-conformance plan with --tensorrt and --write-engine-facts writes what --engine-facts reads.',
    );
  }
  return sizes.streamable > 0n ? bytesOf(amount, sizes.streamable) : 0n;
}
