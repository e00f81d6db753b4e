import type { AutomaticRule } from '../rules/automatic-budget.js';
import type { SimulatedEngine } from '../engine/simulated-engine.js';
import { initFault, type InitFault } from './init-fault.js';
import type { DeviceRoom } from './device-room.js';
import type { InitInput } from './init-input.js';
import type { InitContext } from './init-input.js';

/**
 * What became of it. `lower` is for when no execution context can be made: it sets a smaller budget; false when there is none. `fitted`:
 * the delegate chose the budget itself.
 */
export type BudgetResult =
  | { readonly ok: true; readonly fitted: boolean; readonly lower: () => boolean }
  | { readonly ok: false; readonly fault: InitFault };

/**
 * Chooses a budget and applies it to the engine. An Error-level record that names the budget is logged when it is rejected, refused or
 * ignored, and never otherwise (WSB-OPT-06, WSB-APPLY-08).
 */
export function carryOutBudget(
  engine: SimulatedEngine,
  room: DeviceRoom,
  { options, compileSpecs }: Pick<InitInput, 'options' | 'compileSpecs'>,
  { rules, warn }: Pick<InitContext, 'rules' | 'warn'>,
): BudgetResult {
  const choice = rules.chooseBudget(options, compileSpecs, rules.parseBudget);
  if (choice.kind === 'rejected') {
    // WSB-APPLY-12: TensorRT hears nothing of it.
    warn();
    return { ok: false, fault: initFault('choose-budget', choice.clause) };
  }
  if (choice.ignoredOption) warn();
  // Where that leaves an engine without a context, the load ends before this one gets its own.
  const makeRoom = (bytes: bigint): void => void room.make(bytes);
  const { policy, fittingBudget } = rules;
  const automatic: AutomaticRule = (asked, memory) =>
    rules.automaticBudget[policy](asked, memory, fittingBudget);
  const application = rules.applyBudget(choice, engine, automatic, engine.memory, makeRoom);
  switch (application.kind) {
    case 'applied':
      engine.record.source = application.source;
      return {
        ok: true,
        fitted: policy === 'fitting' && application.lower !== undefined && engine.memory !== null,
        lower: () => (application.lower?.() ?? null) !== null,
      };
    case 'skipped':
      if (application.ignoredBudget) warn();
      return { ok: true, fitted: false, lower: () => false };
    case 'refused':
      if (application.silent !== true) warn();
      return { ok: false, fault: initFault('apply-budget', application.clause) };
  }
}
