import { composePlan, scriptedPlan, type ByteSource } from '../../../reference/index.js';
import { type EngineSizes, networkName, type Network } from './series.js';

const FLOAT16 = 1;
const BYTES = 2n;

/**
 * Activations measured on TensorRT 10.6 and an H100, in bytes, where they do not follow from the
 * sizes of the tensors: TensorRT picks other kernels for other shapes.
 */
const MEASURED_ACTIVATIONS: Readonly<Record<string, bigint>> = {
  '8x4096b1': 16_798_208n,
  '4x4096b1': 16_798_208n,
  '16x1024b1': 4_096n,
  '16x1024b1024': 4_194_304n,
  '8x2048b1': 1_057_280n,
  '8x2048b512': 6_294_016n,
  '8x2048b2048': 25_174_528n,
};

/** Sizes of an engine as TensorRT 10.6 has them; activations of three tensors if not measured. */
export function modelledSizes(network: Network): EngineSizes {
  const layer = BigInt(network.dim) ** 2n * BYTES;
  const tensor = BigInt(network.batch) * BigInt(network.dim) * BYTES;
  return {
    streamable: BigInt(network.layers) * layer + 256n,
    scratch: BigInt(Math.min(network.layers, 2)) * layer + 512n,
    activations: MEASURED_ACTIVATIONS[networkName(network)] ?? 3n * tensor,
  };
}

/** Bytes of weights from which on a plan holds as many: fewer would be copied for nothing. */
const LARGE = 2n ** 31n;

/**
 * The plan of an engine of the simulator that stands for the one that TensorRT would build. A large
 * one is as large as that; its weights are zeros, which take no room where files can be sparse.
 */
export function modelledPlan(network: Network): ByteSource {
  const shape = [BigInt(network.batch), BigInt(network.dim)];
  const binding = { dtype: FLOAT16, shape, shapeInference: false, profile: { min: shape, max: shape } };
  const sizes = modelledSizes(network);
  return composePlan(
    scriptedPlan({
      kind: 'modelled',
      ...sizes,
      bindings: [
        { ...binding, name: 'input_0', mode: 'input', aliases: null },
        { ...binding, name: 'output_0', mode: 'output', aliases: null },
      ],
    }),
    sizes.streamable < LARGE ? 0 : Number(sizes.streamable),
  );
}
