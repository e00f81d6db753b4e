import type { SimulatedEngine } from '../engine/simulated-engine.js';
import { initFault, type InitFault } from './init-fault.js';
import type { InitContext, InitInput } from './init.js';

/**
 * Chooses a budget and applies it to the engine. An Error-level record that names the budget is logged when it is rejected, refused or
 * ignored, and never otherwise (WSB-OPT-06, WSB-APPLY-08).
 */
export function carryOutBudget(
  engine: SimulatedEngine,
  { options, compileSpecs }: Pick<InitInput, 'options' | 'compileSpecs'>,
  { rules, warn }: Pick<InitContext, 'rules' | 'warn'>,
): InitFault | null {
  const choice = rules.chooseBudget(options, compileSpecs, rules.parseBudget);
  if (choice.kind === 'rejected') {
    // WSB-APPLY-12: TensorRT hears nothing of it.
    warn();
    return initFault('choose-budget', choice.clause);
  }
  if (choice.ignoredOption) warn();
  const application = rules.applyBudget(choice, engine);
  switch (application.kind) {
    case 'applied':
      engine.record.source = application.source;
      engine.record.applied = application.budget;
      return null;
    case 'skipped':
      if (application.ignoredBudget) warn();
      return null;
    case 'refused':
      warn();
      return initFault('apply-budget', application.clause);
  }
}
