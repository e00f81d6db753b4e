import type { AutomaticRule } from '../rules/automatic-budget.js';
import { logClause } from '../rules/apply-budget.js';
import { chooseTraced } from '../rules/choose-traced.js';
import type { SimulatedEngine } from '../engine/simulated-engine.js';
import { initFault, type InitFault } from './init-fault.js';
import type { DeviceRoom } from './device-room.js';
import type { InitInput } from './init-input.js';
import type { InitContext } from './init-input.js';

/**
 * What became of it. `lower` is for when no execution context can be made: it sets a smaller
 * budget; false when there is none. `fitted`: the delegate chose the budget itself.
 */
export type BudgetResult =
  | { readonly ok: true; readonly fitted: boolean; readonly lower: () => boolean }
  | { readonly ok: false; readonly fault: InitFault };

/**
 * Chooses a budget and applies it to the engine. An Error-level record that names the budget is
 * logged when it is rejected, refused or ignored, and never otherwise (WSB-OPT-06, WSB-APPLY-08).
 */
export function carryOutBudget(
  engine: SimulatedEngine,
  room: DeviceRoom,
  input: InitInput,
  { rules, process, warn }: Pick<InitContext, 'rules' | 'process' | 'warn'>,
): BudgetResult {
  const { trace } = engine;
  const options = rules.optionsOf(input.options, room.before, input.kept.loads);
  const choice = chooseTraced(
    rules,
    {
      options,
      specs: input.compileSpecs,
      set: process.budget,
      streamable: engine.getStreamableWeightsSize(),
    },
    { because: input.because, isFirst: room.before === 0 },
    trace,
  );
  if (choice.kind === 'rejected') {
    // TensorRT hears nothing of it.
    trace?.rejected(engine.getStreamableWeightsSize());
    warn('WSB-FAIL-09');
    return { ok: false, fault: initFault('choose-budget', choice.clause) };
  }
  if (choice.ignoredOption) warn('WSB-OPT-06');
  // Where that leaves an engine without a context, the load ends before this one gets its own.
  const makeRoom = (bytes: bigint): void => void room.make(bytes);
  const { policy, fittingBudget } = rules;
  const automatic: AutomaticRule = (asked, memory) =>
    rules.automaticBudget[policy](asked, memory, fittingBudget);
  const shared = rules.shareBudget(choice, room.spent);
  const application = rules.applyBudget(shared, engine, automatic, room.memoryOf(engine), makeRoom);
  trace?.applied(application, engine.getStreamableWeightsSize());
  const log = logClause(application);
  if (log !== null) warn(log);
  switch (application.kind) {
    case 'applied':
      engine.record.source = application.source;
      return {
        ok: true,
        fitted: policy === 'fitting' && application.lower !== undefined && engine.memory !== null,
        lower: () => (application.lower?.() ?? null) !== null,
      };
    case 'skipped':
      return { ok: true, fitted: false, lower: () => false };
    case 'refused':
      return { ok: false, fault: initFault('apply-budget', application.clause) };
  }
}
