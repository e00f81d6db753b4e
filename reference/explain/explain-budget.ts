import { applyBudget } from '../rules/apply-budget.js';
import { parseBudget } from '../rules/parse-budget.js';
import { startRecord } from '../engine/engine-record.js';
import { SimulatedDevice } from '../engine/simulated-device.js';
import { SimulatedEngine } from '../engine/simulated-engine.js';
import { cString } from '../rules/c-string.js';
import type { DeliveredOption } from '../rules/delivered-option.js';
import { findOption } from '../rules/find-option.js';
import { OPTION_VALUE_BYTES } from '../rules/limits.js';
import type { Plan } from '../plan/plan.js';
import { BUDGET_KEY } from '../rules/budget-key.js';
import type { BudgetChoice } from '../rules/budget-choice.js';
import { chooseBudget } from '../rules/choose-budget.js';
import { findSpec, type CompileSpec } from '../rules/find-spec.js';
import { malformedClause } from '../rules/parsing-clause.js';
import type { AcceptedChoice } from '../rules/apply-budget.js';
import type { BudgetEffect, BudgetExplanation } from './explanation.js';
import { error, note, warning, type Finding } from './finding.js';
import { quoteBytes } from './quote-bytes.js';

/** Memory that no engine exhausts. */
const PLENTY = { totalBytes: 2n ** 63n, freeBytes: 2n ** 63n, faults: [] };

const RULES = {
  explicit: 'min(requested, streamable size of the engine); nothing when the engine streams nothing',
  automatic:
    "TensorRT's automatic budget, or 0 when TensorRT refuses it; nothing when the engine streams nothing",
  modelled: 'clamp(free device memory - 4 * activations, 0, streamable)',
};

/** Where the budget of an engine comes from and what would be applied; `plan` is null for an engine that is not known. */
export function explainBudget(
  options: readonly DeliveredOption[],
  specs: readonly CompileSpec[],
  plan: Plan | null,
): { readonly budget: BudgetExplanation; readonly findings: readonly Finding[] } {
  const choice = chooseBudget(options, specs, parseBudget);
  const findings = [...optionFindings(options, choice), ...specFindings(specs, choice)];
  if (choice.kind === 'rejected') {
    return { budget: { kind: 'rejected', source: choice.source, reason: choice.reason }, findings };
  }
  const effect = effectOf(choice, plan);
  findings.push(...effectFindings(choice, effect, plan));
  const { kind } = choice;
  return kind === 'explicit'
    ? { budget: { kind, source: choice.source, requested: choice.budget, effect }, findings }
    : { budget: { kind, effect }, findings };
}

function optionFindings(options: readonly DeliveredOption[], choice: BudgetChoice): Finding[] {
  if (choice.kind !== 'rejected') {
    return choice.ignoredOption
      ? [warning('WSB-OPT-05', 'the load-time option is empty, and so has no effect')]
      : [];
  }
  if (choice.source !== 'option') return [];
  const findings = [error(choice.clause, choice.reason)];
  const value = findOption(options, BUDGET_KEY);
  if (value?.type === 'array')
    findings.push(...parseFindings('the option', cString(value.bytes, OPTION_VALUE_BYTES)));
  return findings;
}

function specFindings(specs: readonly CompileSpec[], choice: BudgetChoice): Finding[] {
  const found = findSpec(specs, BUDGET_KEY);
  if (found.kind === 'none') return [];
  if (choice.kind === 'rejected') {
    if (choice.source === 'option') return [];
    const findings = [error(choice.clause, choice.reason)];
    return found.kind === 'one' ? [...findings, ...parseFindings('the compile spec', found.value)] : findings;
  }
  if (choice.kind === 'automatic' || choice.source === 'compile-spec') return [];
  const masked = judgeSpecs(specs, parseBudget, false);
  if (masked.kind !== 'rejected')
    return [note('WSB-PREC-01', 'the load-time option comes before the compile spec')];
  const clause = found.kind === 'one' ? 'WSB-PREC-02' : 'WSB-PREC-03';
  return [
    warning(
      clause,
      `the load-time option masks a fault: ${masked.reason}; without the option the load fails`,
    ),
  ];
}

function parseFindings(what: string, bytes: Uint8Array): Finding[] {
  return [parseBudget(bytes)]
    .filter((parsed) => !parsed.ok)
    .map((parsed) =>
      error(
        malformedClause(bytes, parsed),
        `${what} is ${quoteBytes(bytes)}: ${parsed.fault} at byte ${parsed.at}`,
      ),
    );
}

function effectOf(choice: AcceptedChoice, plan: Plan | null): BudgetEffect {
  if (plan === null) return { kind: 'depends', rule: RULES[choice.kind] };
  if (plan.kind === 'modelled' && choice.kind === 'automatic' && plan.streamable > 0n) {
    return { kind: 'depends', rule: RULES.modelled };
  }
  const engine = new SimulatedEngine(plan, new SimulatedDevice(PLENTY), startRecord(0));
  const application = applyBudget(choice, engine);
  switch (application.kind) {
    case 'applied':
      return { kind: 'applied', budget: application.budget };
    case 'refused':
      return { kind: 'refused' };
    case 'skipped':
      return { kind: 'none' };
  }
}

function effectFindings(choice: AcceptedChoice, effect: BudgetEffect, plan: Plan | null): Finding[] {
  switch (effect.kind) {
    case 'refused': {
      const clause = choice.kind === 'explicit' ? 'WSB-APPLY-03' : 'WSB-APPLY-06';
      return [error(clause, 'TensorRT refuses the budget')];
    }
    case 'none':
      return choice.kind === 'explicit'
        ? [warning('WSB-APPLY-07', 'the engine streams nothing, so the budget has no effect')]
        : [];
    case 'applied':
      return choice.kind === 'explicit' && effect.budget < choice.budget
        ? [
            note(
              'WSB-APPLY-01',
              `the engine has ${String(plan?.streamable)} streamable bytes, and the budget is cut to that`,
            ),
          ]
        : [];
    case 'depends':
      return [];
  }
}
