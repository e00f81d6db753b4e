import { lineList, visibleJson, type VisibleText } from '../model/visible-text.js';
import type { BudgetPlan, Choice } from '../planning/budget-plan.js';
import { streamedBytes } from '../planning/engine-need.js';
import { bytesToJson, nameToJson } from '../wire/json/json-bytes.js';
import { setBudgetCommand, streamingMicroseconds, type ToldPlan } from './plan-text.js';
import type { Bandwidth } from './streaming-bandwidth.js';

/** A plan as JSON; bytes, and what is counted in 64 bits, as decimal strings. */
export function planJson(told: ToldPlan): VisibleText {
  const { file, memory, reserve, arenas, bandwidth, asked, engines, known, plan } = told;
  const value = {
    file,
    device: { memory, reserve, arenas, room: memory - reserve - arenas },
    bandwidth,
    asked,
    engines: engines.map((engine) => ({
      engine: nameToJson(engine.name),
      device: engine.device,
      budgets: engine.budgets?.map(bytesToJson) ?? null,
      sizes: engine.sizes,
      runs: known.find((one) => one.engine === engine)?.runs ?? null,
    })),
    unknown: engines
      .filter((engine) => known.every((one) => one.engine !== engine))
      .map(({ name }) => nameToJson(name)),
    plan: plan === null ? null : planValue(file, plan, bandwidth),
  };
  const replacer = (_: string, each: unknown): unknown => (typeof each === 'bigint' ? String(each) : each);
  return lineList([visibleJson(value, replacer, 2)]);
}

function planValue(file: string, plan: BudgetPlan, bandwidth: Bandwidth): object {
  const { room, leastNeed, residentNeed, one, ranges, each, given } = plan;
  const value = (choice: Choice): object => choiceValue(plan, choice, bandwidth);
  return {
    fits: each !== null,
    ...{ leastNeed, residentNeed },
    largest: one === null ? null : { budget: one.budget, ...value(one) },
    fitting: ranges,
    each:
      each === null
        ? null
        : { proven: each.proven, ...value(each), command: setBudgetCommand(file, plan, each) },
    given: given === null ? null : { fits: given.need <= room, ...value(given) },
  };
}

function choiceValue({ engines }: BudgetPlan, choice: Choice, bandwidth: Bandwidth): object {
  const { budgets, need, streamed } = choice;
  return {
    ...{ need, streamed, microseconds: streamingMicroseconds(bandwidth, streamed) },
    engines: engines.map((engine, at) => {
      const budget = budgets[at] ?? 0n;
      return {
        ...{ engine: nameToJson(engine.engine.name), budget, streamed: streamedBytes(engine, budget) },
        resident: budget >= engine.streamable,
      };
    }),
  };
}
