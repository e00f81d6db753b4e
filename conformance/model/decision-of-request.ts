import type { DecisionCase, DecisionEngine } from '../../reference/rules/decide.js';
import type { DeliveredOption } from '../../reference/rules/delivered-option.js';
import type { OptionsMap } from '../../reference/request/load-request.js';
import type { DelegateSource, RequestSpec } from './request-spec.js';
import { BACKEND } from './names.js';

/** Answers to sets that a decision record holds. */
const ANSWERS = 8;

/**
 * The case at decision depth that asks the budget rules what a request asks of a delegate; null
 * when there is more to the request: other backends or methods, several steps, faults, an engine
 * that obeys the memory model, options that a host has to lay out. Whether an engine deserializes
 * and makes a context is left out: at decision depth neither is tried.
 */
export function decisionOfRequest({ program, module, steps, device }: RequestSpec): DecisionCase | null {
  const [step, ...more] = steps;
  if (program.kind !== 'methods' || program.methods.length !== 1) return null;
  if (module !== null || more.length > 0 || device.faults.length > 0) return null;
  if (step?.op !== 'load' || step.method !== program.methods[0]?.name) return null;
  const options = deliveredOptions(step.options);
  const engines = program.methods[0].delegates.map(engineOf).filter((engine) => engine !== null);
  return options === null || engines.length < program.methods[0].delegates.length
    ? null
    : { options, engines };
}

function deliveredOptions(map: OptionsMap | null): readonly DeliveredOption[] | null {
  const [entry, ...more] = map ?? [];
  if (entry === undefined) return [];
  if (more.length > 0 || entry.backend !== BACKEND || entry.via !== 'span') return null;
  const delivered: DeliveredOption[] = [];
  for (const { key, value } of entry.options) {
    if (value.type === 'string') return null;
    delivered.push({ key, value });
  }
  return delivered;
}

function engineOf({ backend, data, compileSpecs }: DelegateSource): DecisionEngine | null {
  if (backend !== BACKEND || data.kind !== 'blob' || data.engine.kind !== 'plan') return null;
  const { kind, setAnswers, setDefault, streamable, automatic } = data.engine.plan;
  if (kind !== 'scripted') return null;
  return {
    streamable,
    automatic,
    setAnswers: Array.from({ length: ANSWERS }, (_, at) => setAnswers[at] ?? setDefault),
    specs: compileSpecs,
  };
}
