import { applyBudget } from '../rules/apply-budget.js';
import { AUTOMATIC_RULES } from '../rules/automatic-budget.js';
import { CONTEXT_MARGIN, RESIDENT_MARGIN } from '../rules/fitting-budget.js';
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
import { chooseBudget, judgeSpecs } from '../rules/choose-budget.js';
import { findSpec, type CompileSpec } from '../rules/find-spec.js';
import { malformedClause } from '../rules/parsing-clause.js';
import type { AcceptedChoice } from '../rules/apply-budget.js';
import type { AutomaticContext } from './automatic-context.js';
import type { DelegateEnd } from './explain-load.js';
import type { BudgetEffect, BudgetExplanation } from './explanation.js';
import { error, note, warning, type Finding } from './finding.js';
import { meantBudget } from './meant-budget.js';
import { quoteBytes } from './quote-bytes.js';

/** Memory that no engine exhausts, and of which nobody knows how much there is. */
const PLENTY = 2n ** 63n;
/** How many values an int of 32 bits has. */
const INT_SIZES = 2n ** 32n;

const RULES = {
  explicit: 'min(requested, streamable size of the engine); nothing when the engine streams nothing',
  upstream:
    "TensorRT's automatic budget, or 0 when TensorRT refuses it; nothing when the engine streams nothing",
  fitting:
    'as much as fits beside the execution context: all streamable bytes when they, the activations and ' +
    `${RESIDENT_MARGIN} bytes are free; else free device memory - scratch - activations - ${CONTEXT_MARGIN}, ` +
    'from 0 to less than all; nothing when the engine streams nothing',
  modelled: 'clamp(free device memory - 4 * activations, 0, streamable)',
};

/**
 * Where the budget of an engine comes from and what would be applied; `plan` is null for an engine
 * that is not known.
 */
export function explainBudget(
  options: readonly DeliveredOption[],
  specs: readonly CompileSpec[],
  plan: Plan | null,
  context: AutomaticContext & { readonly end: DelegateEnd },
): { readonly budget: BudgetExplanation; readonly findings: readonly Finding[] } {
  const choice = chooseBudget(options, specs, parseBudget);
  const streamable = plan?.streamable ?? null;
  const findings = [
    ...optionFindings(options, choice, streamable),
    ...specFindings(specs, choice, streamable),
  ];
  if (choice.kind === 'rejected') {
    return { budget: { kind: 'rejected', source: choice.source, reason: choice.reason }, findings };
  }
  const effect = effectOf(choice, plan, context);
  findings.push(...effectFindings(choice, effect, plan));
  const { kind } = choice;
  return kind === 'explicit'
    ? { budget: { kind, source: choice.source, requested: choice.budget, effect }, findings }
    : { budget: { kind, effect }, findings };
}

function optionFindings(
  options: readonly DeliveredOption[],
  choice: BudgetChoice,
  streamable: bigint | null,
): Finding[] {
  if (choice.kind !== 'rejected') {
    return choice.ignoredOption
      ? [warning('WSB-OPT-05', 'the load-time option is empty, and so has no effect')]
      : [];
  }
  if (choice.source !== 'option') return [];
  const value = findOption(options, BUDGET_KEY);
  switch (value?.type) {
    case 'array': {
      const text = cString(value.bytes, OPTION_VALUE_BYTES);
      return [error(choice.clause, choice.reason), ...parseFindings('the option', text, streamable)];
    }
    case 'int': {
      const size = BigInt(value.value) + INT_SIZES;
      const told = `${value.value} is what ${size} becomes in an int, which has 32 bits; give larger sizes as text`;
      return [error(choice.clause, `${choice.reason}: ${told}`)];
    }
    case 'bool':
    case undefined:
      return [error(choice.clause, `${choice.reason}; give the bytes as text or as an int`)];
  }
}

function specFindings(
  specs: readonly CompileSpec[],
  choice: BudgetChoice,
  streamable: bigint | null,
): Finding[] {
  const found = findSpec(specs, BUDGET_KEY);
  if (found.kind === 'none') return [];
  if (choice.kind === 'rejected') {
    if (choice.source === 'option') return [];
    const findings = [error(choice.clause, choice.reason)];
    return found.kind === 'one'
      ? [...findings, ...parseFindings('the compile spec', found.value, streamable)]
      : findings;
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

/** @param streamable - bytes of the engine that can be streamed; null when it is not known */
function parseFindings(what: string, bytes: Uint8Array, streamable: bigint | null): Finding[] {
  const meant = meantBudget(bytes, streamable);
  return [parseBudget(bytes)]
    .filter((parsed) => !parsed.ok)
    .map((parsed) =>
      error(
        malformedClause(bytes, parsed),
        `${what} is ${quoteBytes(bytes, parsed.at)}: ${parsed.fault} at byte ${parsed.at}${meant === null ? '' : `; ${meant}`}`,
      ),
    );
}

function effectOf(
  choice: AcceptedChoice,
  plan: Plan | null,
  { policy, freeBytes, end }: AutomaticContext & { readonly end: DelegateEnd },
): BudgetEffect {
  if (plan === null)
    return { kind: 'depends', rule: RULES[choice.kind === 'explicit' ? 'explicit' : policy] };
  if (choice.kind === 'automatic' && plan.streamable > 0n && freeBytes === null) {
    if (policy === 'fitting') return { kind: 'depends', rule: RULES.fitting };
    if (plan.kind === 'modelled') return { kind: 'depends', rule: RULES.modelled };
  }
  // What the load itself ended with: there, other engines take of the same memory.
  if (end.kind === 'loads' && end.applied !== null) return { kind: 'applied', budget: end.applied };
  const free = choice.kind === 'automatic' ? (freeBytes ?? PLENTY) : PLENTY;
  const device = new SimulatedDevice({ totalBytes: free, freeBytes: free, faults: [] });
  const engine = new SimulatedEngine(plan, device, startRecord(0));
  const application = applyBudget(choice, engine, AUTOMATIC_RULES[policy], engine.memory);
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
              `the engine has ${String(plan?.streamable)} streamable bytes, and the budget is clamped to that`,
            ),
          ]
        : [];
    case 'depends':
      return [];
  }
}
