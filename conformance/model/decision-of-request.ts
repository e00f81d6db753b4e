import type { DecisionCase, DecisionEngine } from '../../reference/rules/decide.js';
import type { DeliveredOption, DeliveredValue } from '../../reference/rules/delivered-option.js';
import type { OptionsMap } from '../../reference/request/load-request.js';
import { buildOptionsMap, optionsFor } from '../../reference/rules/options-map.js';
import { bytesFromName } from '../../reference/text/name-bytes.js';
import type { DelegateSource, RequestSpec } from './request-spec.js';
import { BACKEND } from './names.js';

/** Answers to sets that a decision record holds. */
const ANSWERS = 8;

/*
 * What a decision record can hold (spec/decision-format.md). An option's key and value never are
 * longer than theirs when a container took them.
 */
const MOST_OPTIONS = 15;
const MOST_OPTION_KEY_BYTES = 63;
const MOST_ENGINES = 64;
const MOST_SPECS = 255;
const MOST_SPEC_KEY_BYTES = 255;
/** Its length is told in 16 bits. */
const MOST_RECORD_BYTES = 65_535;

/**
 * The case at decision depth that asks the budget rules what a request asks of a delegate, with the
 * options as the host delivers them; null when there is more to the request: other backends or
 * methods, several steps, faults, an engine that obeys the memory model, a map that ExecuTorch
 * refuses, or more than a decision record holds. Whether an engine deserializes and makes a context
 * is left out: at decision depth neither is tried.
 */
export function decisionOfRequest({ program, module, steps, device }: RequestSpec): DecisionCase | null {
  const [step, ...more] = steps;
  if (program.kind !== 'methods' || program.methods.length !== 1) return null;
  if (module !== null || more.length > 0 || device.faults.length > 0) return null;
  if (step?.op !== 'load' || step.method !== program.methods[0]?.name) return null;
  const options = deliveredOptions(step.options);
  const { delegates } = program.methods[0];
  const engines = delegates.map(engineOf).filter((engine) => engine !== null);
  if (options === null || engines.length < delegates.length) return null;
  const decision = { options, engines };
  return fitsRecord(decision) ? decision : null;
}

function deliveredOptions(map: OptionsMap | null): readonly DeliveredOption[] | null {
  if (map === null) return [];
  const built = buildOptionsMap(map);
  return built === null ? null : optionsFor(built, BACKEND);
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

function fitsRecord({ options, engines }: DecisionCase): boolean {
  const specs = engines.flatMap((engine) => engine.specs);
  return (
    options.length <= MOST_OPTIONS &&
    options.every(({ key }) => bytesFromName(key).length <= MOST_OPTION_KEY_BYTES) &&
    engines.length >= 1 &&
    engines.length <= MOST_ENGINES &&
    engines.every((engine) => engine.specs.length <= MOST_SPECS) &&
    specs.every(({ key }) => bytesFromName(key).length <= MOST_SPEC_KEY_BYTES) &&
    recordBytes({ options, engines }) <= MOST_RECORD_BYTES
  );
}

/** Bytes of the record of a decision, with what stands before each part. */
function recordBytes({ options, engines }: DecisionCase): number {
  const optionBytes = options.map(({ key, value }) => 2 + bytesFromName(key).length + valueBytes(value));
  const specBytes = engines
    .flatMap(({ specs }) => specs)
    .map(({ key, value }) => 3 + bytesFromName(key).length + value.length);
  return [...optionBytes, ...specBytes].reduce((sum, bytes) => sum + bytes, 4 + 19 * engines.length);
}

function valueBytes(value: DeliveredValue): number {
  switch (value.type) {
    case 'bool':
      return 1;
    case 'int':
      return 4;
    case 'array':
      return 2 + value.bytes.length;
  }
}
