import type { DeviceTag, MethodPlan } from '../../../reference/index.js';
import type { PlanScenario } from './scenario.js';

/** Host memory, as programs tag it. */
export const HOST: DeviceTag = { type: 0, index: 0 };
/** The first CUDA device. */
export const CUDA: DeviceTag = { type: 1, index: 0 };

/** The operators that an exporter puts before the first delegate and behind the last. */
export const TO_DEVICE = 'et_copy::_h2d_copy.out';
export const TO_HOST = 'et_copy::_d2h_copy.out';

const SHAPE = [1, 4];
/** Bytes of an element. */
const HALF = 2;
/** Bytes from one tensor to the next, as an exporter aligns them. */
const SLOT = 16;

/** Bytes of the device arena of a method with that many delegates, as {@link onDevice} plans it. */
export function deviceArenaBytes(delegates: number): bigint {
  return BigInt(SLOT * (delegates + 1));
}

/**
 * What an exporter writes by default: the method's input and output on the host, all between on the
 * device, copies around the delegates. Tensor 0 is the input, the last one the output.
 */
export function onDevice(device: DeviceTag = CUDA, label = deviceText(device)): PlanScenario {
  return {
    label,
    plan: (delegates) => {
      const last = delegates + 2;
      const between = Array.from({ length: delegates + 1 }, (_, n) => ({ ...at(1, n), device }));
      return {
        arenas: [
          { bytes: BigInt(2 * SLOT), device: HOST },
          { bytes: deviceArenaBytes(delegates), device },
        ],
        tensors: [at(0, 0), ...between, at(0, 1)],
        inputs: [0],
        outputs: [last],
        calls: [
          { operator: TO_DEVICE, args: [0, 1, 1] },
          ...Array.from({ length: delegates }, (_, n) => ({ delegate: n, args: [n + 1, n + 2] })),
          { operator: TO_HOST, args: [last - 1, last, last] },
        ],
      };
    },
  };
}

/**
 * All tensors in one arena of the host, those of these numbers tagged for the first CUDA device;
 * tensor 0 is the input.
 */
export function onHost(...tagged: readonly number[]): PlanScenario {
  return {
    label: tagged.length === 0 ? 'host' : `host,tagged:${tagged.join('+')}`,
    plan: (delegates) => ({
      arenas: [{ bytes: deviceArenaBytes(delegates), device: HOST }],
      tensors: Array.from({ length: delegates + 1 }, (_, n) => ({
        ...at(0, n),
        device: tagged.includes(n) ? CUDA : HOST,
      })),
      inputs: [0],
      outputs: [delegates],
      calls: Array.from({ length: delegates }, (_, n) => ({ delegate: n, args: [n, n + 1] })),
    }),
  };
}

/**
 * One delegate with host tensors of these shapes, first `inputs` of them inputs and then its
 * outputs.
 */
export function tensorsOf(inputs: number, ...shapes: readonly (readonly number[])[]): PlanScenario {
  return {
    label: shapes.map((shape, n) => `${n < inputs ? 'in' : 'out'}[${shape.join()}]`).join(' '),
    plan: () => {
      let bytes = 0;
      const tensors = shapes.map((shape) => {
        const offset = bytes;
        bytes += SLOT * Math.ceil((shape.reduce((count, size) => count * size, 1) * HALF) / SLOT);
        return { shape, arena: 0, offset, device: HOST };
      });
      const numbers = shapes.map((_, n) => n);
      return {
        arenas: [{ bytes: BigInt(bytes), device: HOST }],
        tensors,
        inputs: numbers.slice(0, inputs),
        outputs: numbers.slice(inputs),
        calls: [{ delegate: 0, args: numbers }],
      };
    },
  };
}

/** A plan of which something is otherwise. */
export function changed(
  base: PlanScenario,
  label: string,
  change: (plan: MethodPlan) => Partial<MethodPlan>,
): PlanScenario {
  const plan = (delegates: number): MethodPlan => {
    const before = base.plan(delegates);
    return { ...before, ...change(before) };
  };
  return { label: `${base.label},${label}`, plan };
}

function at(arena: number, slot: number): MethodPlan['tensors'][number] {
  return { shape: SHAPE, arena, offset: slot * SLOT, device: HOST };
}

function deviceText({ type, index }: DeviceTag): string {
  return type === CUDA.type ? `cuda:${index}` : `type${type}`;
}
