import {
  BACKEND_ID,
  decodeBlob,
  type ByteSource,
  composeBlob,
  composeProgram,
  type DelegateSpec,
  type MethodSpec,
  type Plan,
  scriptedPlan,
  type TensorSpec,
  writeProgram,
} from '../../../reference/index.js';
import type { LoadRequest } from '../../../reference/request/load-request.js';
import type { Case } from '../../model/case.js';
import { buildBlob } from '../../model/build-request.js';
import type { DelegateSource, MethodSource } from '../../model/request-spec.js';
import { bindingsOf, type EngineKind, RESIDENT, STREAMING } from './engine-kind.js';

/**
 * A real engine in place of a scripted one; `damaged`: cut in half, so that TensorRT refuses it.
 */
export interface StandIn {
  readonly kind: EngineKind;
  readonly damaged: boolean;
}

/** A case with real engines, or why there is none. */
export type MappedCase =
  | {
      readonly kind: 'runs';
      /** The request, with the bytes that are given for each engine. */
      readonly build: (planOf: (engine: StandIn) => Uint8Array) => LoadRequest;
    }
  | { readonly kind: 'unsupported'; readonly reason: string };

/** Where a scripted engine stops being stood for by the next larger kind. */
const STREAMABLE_FROM = [1n, 1000n, 5000n] as const;

const ORDINARY = scriptedPlan();

/** Memory of the device that cases are played on: every engine fits, as on a real one. */
const DEVICE_BYTES = 2n ** 37n;

/**
 * Puts a real engine for each scripted one, as far as a real one can behave so. Everything else
 * stays: options, compile specs (their bytes are not fitted to the real sizes), steps and order.
 *
 * @param devices how many the machine has
 */
export function mapCase({ request }: Case, devices = 1): MappedCase {
  const { program, device } = request;
  if (device.faults.length > 0) return unsupported('the CUDA runtime and TensorRT fail no call on demand');
  if (device.freeBytes !== device.totalBytes || device.hostMemory !== undefined)
    return unsupported('how much device memory is free is not dictated');
  if (request.threads !== undefined) return unsupported('threads take turns at simulated calls alone');
  if (program.kind !== 'methods') return unsupported('the engine is inside of a finished program file');
  if (program.methods.some(({ plan }) => plan !== undefined))
    return unsupported('the tensors of the program are planned for its own engines');
  const reasons = program.methods.flatMap(({ delegates }) =>
    delegates.flatMap((one) => whyNot(one, devices)),
  );
  const [reason] = reasons;
  if (reason !== undefined) return unsupported(reason);
  return {
    kind: 'runs',
    build: (planOf) => ({
      ...request,
      device: { ...device, totalBytes: DEVICE_BYTES, freeBytes: DEVICE_BYTES },
      program: writeProgram({ methods: program.methods.map((method) => buildMethod(method, planOf)) }),
    }),
  };
}

function unsupported(reason: string): MappedCase {
  return { kind: 'unsupported', reason };
}

/** What of a delegate no real engine does; none when one can stand in. */
function whyNot({ data }: DelegateSource, devices: number): readonly string[] {
  // What is not a blob never comes to TensorRT.
  if (data.kind === 'bytes')
    return decodeBlob(data.bytes).ok ? ['the engine is inside of a finished blob'] : [];
  if (data.engine.kind === 'bytes') return ['the plan is some bytes'];
  const { device_id: device = 0, io_bindings: named, aliased_io: aliased } = data.metadata ?? {};
  if (device >= devices)
    return [
      `the program asks for ${devices === 1 ? 'another device than the first' : 'a device that is not there'}`,
    ];
  if (named !== undefined || aliased !== undefined) return ['the blob names tensors of its own'];
  return refusals(data.engine.plan);
}

function refusals(plan: Plan): readonly string[] {
  const checks: readonly (readonly [boolean, string])[] = [
    [plan.bindings.length > 0, 'the engine has tensors of its own'],
    [!plan.createsContext, 'a context is refused only when device memory is short'],
    [!plan.enqueues, 'TensorRT runs an engine that is in order'],
    [!plan.setDefault || plan.setAnswers.includes(false), 'TensorRT accepts every budget in range'],
    [plan.streamable < 0n, 'no engine has a negative streamable size'],
    [plan.automatic !== ORDINARY.automatic, 'the automatic budget is TensorRT’s own'],
  ];
  return checks.flatMap(([holds, reason]) => (holds ? [reason] : []));
}

function buildMethod({ name, delegates }: MethodSource, planOf: (engine: StandIn) => Uint8Array): MethodSpec {
  return {
    name,
    delegates: delegates.map(({ backend, placement, data, compileSpecs }) => {
      const rest = { backend, placement, compileSpecs };
      if (data.kind === 'bytes' || data.engine.kind === 'bytes') return { ...rest, data: buildBlob(data) };
      const engine = standIn(data.engine.plan);
      const blob = buildBlob({ ...data, engine: { kind: 'bytes', bytes: planOf(engine) } });
      return { ...rest, data: blob, tensors: tensorsOf(engine.kind) };
    }),
  };
}

function standIn({ deserializes, streamable }: Plan): StandIn {
  const at = STREAMABLE_FROM.findLastIndex((from) => streamable >= from);
  return { kind: STREAMING[at] ?? RESIDENT, damaged: !deserializes };
}

/** What a method hands an engine of that kind when it is executed. */
function tensorsOf(kind: Pick<EngineKind, 'dim' | 'batch'>): readonly TensorSpec[] {
  return bindingsOf(kind).map(({ mode, shape }) => ({ role: mode, shape: shape.map(Number) }));
}

/**
 * A program whose method `forward` calls the engine of `plan` once for each of `devices`, on that
 * device and on tensors of its own, without a budget; the plan is not read.
 */
export function engineProgram(
  plan: ByteSource,
  network: Pick<EngineKind, 'dim' | 'batch'>,
  devices: readonly number[],
): ByteSource {
  const delegates = devices.map((device): DelegateSpec => ({
    backend: BACKEND_ID,
    placement: 'segment',
    data: composeBlob({ engine: plan, ...(device === 0 ? {} : { metadata: { device_id: device } }) }),
    compileSpecs: [],
    tensors: tensorsOf(network),
  }));
  return composeProgram({ methods: [{ name: 'forward', delegates }] });
}

/** Whether a case asks nothing of the device that a real one does not do on demand. */
export function isPlainDevice({ device }: Pick<LoadRequest, 'device'>): boolean {
  const { faults, freeBytes, totalBytes, hostMemory } = device;
  return faults.length === 0 && freeBytes === totalBytes && hostMemory === undefined;
}

/** So many engines, all on the first device: for {@link engineProgram}. */
export function onFirstDevice(engines: number): readonly number[] {
  return Array<number>(engines).fill(0);
}
