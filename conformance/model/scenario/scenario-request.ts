import { scriptedPlan, type Plan } from '../../../reference/index.js';
import type { OptionsEntry, OptionsMap, OptionValue, Step } from '../../../reference/request/load-request.js';
import { buildBlob, buildProgram } from '../build-request.js';
import type {
  BlobSource,
  DelegateSource,
  MethodSource,
  ProgramSource,
  RequestSpec,
} from '../request-spec.js';
import { METHOD } from '../names.js';
import { BACKEND } from '../names.js';
import { BUDGET } from '../names.js';
import type {
  EngineScenario,
  EntryScenario,
  MethodStepScenario,
  OptionScenario,
  Scenario,
  StepScenario,
} from './scenario.js';
import { bytesOf, type Text } from '../text.js';

const DEVICE_BYTES = 2n ** 40n;

/** The load request that a scenario describes, with everything it leaves out filled in. */
export function scenarioRequest(scenario: Scenario): RequestSpec {
  return {
    program: programOf(scenario),
    verification: scenario.verification ?? 'internal-consistency',
    device: {
      totalBytes: DEVICE_BYTES,
      freeBytes: scenario.free ?? DEVICE_BYTES,
      faults: scenario.fault === undefined ? [] : [scenario.fault],
      ...(scenario.host === undefined ? {} : { hostMemory: scenario.host }),
    },
    module: scenario.module === undefined ? null : { options: entriesOf(scenario.module) },
    ...(scenario.sharing === undefined ? {} : { sharing: scenario.sharing }),
    ...(scenario.threads === undefined ? {} : { threads: scenario.threads }),
    steps: stepsOf(scenario),
  };
}

function programOf(scenario: Scenario): ProgramSource {
  const source: ProgramSource = { kind: 'methods', methods: methodsOf(scenario) };
  if (scenario.file === undefined) return source;
  return { kind: 'bytes', bytes: scenario.file.edit(buildProgram(source)) };
}

function methodsOf(scenario: Scenario): MethodSource[] {
  const methods = scenario.methods ?? { [METHOD]: scenario.engines ?? [{}] };
  return Object.entries(methods).map(([name, engines]) => ({
    name,
    delegates: engines.map((engine) => delegateOf({ ...scenario, ...engine })),
    ...(scenario.planned === undefined ? {} : { plan: scenario.planned.plan(engines.length) }),
  }));
}

function delegateOf(engine: EngineScenario): DelegateSource {
  const values = engine.spec === undefined ? [] : isList(engine.spec) ? engine.spec : [engine.spec];
  const specs = engine.specs ?? values.map((value) => [BUDGET, value] as const);
  return {
    backend: engine.backend ?? BACKEND,
    placement: engine.inline === true ? 'inline' : 'segment',
    data: dataOf(engine),
    compileSpecs: specs.map(([key, value]) => ({ key, value: bytesOf(value) })),
  };
}

function isList(spec: Text | readonly Text[]): spec is readonly Text[] {
  return Array.isArray(spec);
}

function dataOf(engine: EngineScenario): BlobSource {
  const { magic, metadata, edit } = engine.blob ?? {};
  const blob: BlobSource = {
    kind: 'blob',
    magic: magic ?? null,
    metadata: metadata ?? null,
    engine: { kind: 'plan', plan: planOf(engine) },
  };
  return edit === undefined ? blob : { kind: 'bytes', bytes: edit(buildBlob(blob)) };
}

function planOf(engine: EngineScenario): Plan {
  const refused = engine.refuses === 'all' ? 0 : (engine.refuses ?? 0);
  return scriptedPlan({
    kind: engine.modelled === true ? 'modelled' : 'scripted',
    deserializes: engine.deserialize !== null,
    createsContext: engine.context !== null,
    enqueues: engine.enqueue !== false,
    ...(engine.updatesInPlace === true ? { updatesInPlace: true } : {}),
    setAnswers: engine.answers ?? Array.from({ length: refused }, () => false),
    setDefault: engine.refuses !== 'all',
    streamable: engine.streamable ?? 1024n,
    automatic: engine.automatic ?? 512n,
    scratch: engine.scratch ?? 64n,
    activations: engine.activations ?? 16n,
    bindings: engine.bindings ?? [],
  });
}

function stepsOf(scenario: Scenario): Step[] {
  const steps: readonly StepScenario[] =
    scenario.steps ??
    methodsOf(scenario).map(({ name }) => ({
      op: 'load',
      method: name,
      ...(scenario.option === undefined ? {} : { option: scenario.option }),
      ...(scenario.options === undefined ? {} : { options: scenario.options }),
    }));
  return steps.map(stepOf);
}

function stepOf(step: StepScenario): Step {
  switch (step.op) {
    case 'set-option':
      return { op: step.op, options: entryOf(step.entry) };
    case 'get-option':
      return step;
    case 'load':
      return { op: step.op, method: step.method, options: stepOptions(step) };
    case 'execute':
    case 'unload':
      return { op: step.op, method: step.method };
  }
}

function stepOptions({ option, options }: MethodStepScenario): OptionsMap | null {
  if (option === undefined) return entriesOf(options ?? null);
  return [{ backend: BACKEND, via: 'builder', options: [{ key: BUDGET, value: valueOf(option) }] }];
}

function entriesOf(entries: readonly EntryScenario[] | null): OptionsMap | null {
  if (entries === null) return null;
  return entries.map(entryOf);
}

function entryOf({ backend, via, options }: EntryScenario): OptionsEntry {
  return { backend, via, options: options.map(([key, value]) => ({ key, value: valueOf(value) })) };
}

function valueOf(value: OptionScenario): OptionValue {
  if (typeof value === 'boolean') return { type: 'bool', value };
  if (typeof value === 'number') return { type: 'int', value };
  if (typeof value !== 'string' && 'array' in value) return { type: 'array', bytes: value.array.bytes };
  return { type: 'string', bytes: bytesOf(value) };
}
