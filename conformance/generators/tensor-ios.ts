import { SHAPES, type GeneratedIo, type GeneratedTensor } from './generated-io.js';

type Shape = readonly number[];

const NAMES = { input: ['input_0', 'input_1'], output: ['output_0', 'y_1'] };

/**
 * Tensors that engines of drawn cases have: of each rank, static and dynamic, within the profile,
 * at its ends and outside of it, without elements, an output over an input, and too few arguments.
 */
const TENSOR_IOS: readonly GeneratedIo[] = [
  io({ inputs: [[1, 4]], outputs: [[1, 4]] }),
  io({ inputs: [[-1, 4]], outputs: [[-1, 4]], rows: 1 }),
  io({ inputs: [[-1, 4]], outputs: [[-1, 4]], rows: 8 }),
  io({ inputs: [[-1, 4]], outputs: [[-1, 4]], rows: 9 }),
  io({ inputs: [[2, 2, 2], [4]], outputs: [[1, 1, 1, 2]] }),
  io({ inputs: [[0, 4]], outputs: [[0]] }),
  io({ inputs: [[]], outputs: [[1]] }),
  io({ inputs: [[1, 1, 1, 1, 1, 1, 1, 4]], outputs: [[4], [2, 2]] }),
  io({ inputs: [[1, 4]], outputs: [[1, 4]], isAliased: true }),
  io({ inputs: [[-1, -1]], outputs: [[-1, -1]], rows: 2, isBounded: false }),
  io({ inputs: [[1, 4], [4]], outputs: [[4]], rows: null }),
];

/** Of so many pairs of sizes as many have tensors as there are entries above. */
const PAIRS = 97n;

/**
 * The tensors of an engine of these sizes, null for none. They follow from the sizes, so that they
 * take nothing from the stream of random numbers.
 */
export function tensorIo(streamable: bigint, automatic: bigint): GeneratedIo | null {
  return (
    TENSOR_IOS[Number((BigInt.asUintN(32, streamable) * 31n + BigInt.asUintN(32, automatic)) % PAIRS)] ?? null
  );
}

/** That of {@link SHAPES}. */
function shapeOf(shape: Shape): readonly bigint[] {
  const found = SHAPES.find((each) => String(each) === String(shape));
  if (found === undefined) throw new Error(`There is no shape [${String(shape)}].`);
  return found;
}

function io(given: {
  readonly inputs: readonly Shape[];
  readonly outputs: readonly Shape[];
  readonly rows?: number | null;
  readonly isAliased?: boolean;
  readonly isBounded?: boolean;
}): GeneratedIo {
  const { inputs, outputs, rows = 1, isAliased = false, isBounded = true } = given;
  const tensors = (mode: 'input' | 'output', shapes: readonly Shape[]): GeneratedTensor[] =>
    shapes.map((shape, at) => ({
      name: NAMES[mode][at] ?? '',
      mode,
      dtype: 1,
      shape: shapeOf(shape),
      shapeInference: false,
      bounded: isBounded,
    }));
  return {
    tensors: [...tensors('input', inputs), ...tensors('output', outputs)],
    bindings: null,
    aliases: isAliased ? [{ told: 'metadata', output: 0, input: 0, kind: 'user' }] : [],
    device: 0,
    compatible: false,
    serialized: '',
    platform: '',
    rows,
  };
}
