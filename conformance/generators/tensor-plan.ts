import { elementBytes, scalarTypeOf, type MethodPlan } from '../../reference/index.js';
import { ioMetadata } from './engine-io.js';
import type { GeneratedIo } from './generated-io.js';

const HOST = { type: 0, index: 0 };
/** Bytes from one tensor to the next are a multiple of these. */
const SLOT = 16;
/** TensorRT's float16, as which a tensor is given that the engine does not have. */
const FLOAT16 = 1;

/** A tensor that a delegate is called with. */
interface Argument {
  readonly shape: readonly number[];
  /** ExecuTorch's number. */
  readonly scalarType: number;
  readonly isInput: boolean;
}

/**
 * Tensors of the host for the delegates of a method, each called with its inputs and its outputs as
 * its metadata names them; null when none of them has any.
 */
export function tensorPlan(engines: readonly (GeneratedIo | null)[]): MethodPlan | null {
  if (engines.every((io) => rowsOf(io) === null)) return null;
  const tensors: MethodPlan['tensors'][number][] = [];
  const [inputs, outputs]: [number[], number[]] = [[], []];
  let bytes = 0;
  const add = ({ shape, scalarType, isInput }: Argument): number => {
    const place = tensors.push({ shape, arena: 0, offset: bytes, device: HOST, scalarType }) - 1;
    const size = (elementBytes(scalarType) ?? 0) * shape.reduce((count, extent) => count * extent, 1);
    bytes += SLOT * Math.ceil(size / SLOT);
    (isInput ? inputs : outputs).push(place);
    return place;
  };
  const calls = engines.map((io, delegate) => ({
    delegate,
    args: argsOf(io, add),
  }));
  return { arenas: [{ bytes: BigInt(bytes), device: HOST }], tensors, inputs, outputs, calls };
}

/**
 * The rows that a delegate is called with; null when it is called with no tensors. So is one whose
 * output has a dynamic dimension that no input has: which error that ends with is nobody's rule.
 */
function rowsOf(io: GeneratedIo | null): number | null {
  if (io === null) return null;
  const isDynamic = (mode: 'input' | 'output', d: number): boolean =>
    io.tensors.some((tensor) => tensor.mode === mode && (tensor.shape[d] ?? 0n) < 0n);
  const ranks = io.tensors.flatMap(({ shape }) => [...shape.keys()]);
  return ranks.some((d) => isDynamic('output', d) && !isDynamic('input', d)) ? null : io.rows;
}

/** What a delegate is called with, in its order: first the inputs. */
function argsOf(io: GeneratedIo | null, add: (argument: Argument) => number): number[] {
  const rows = rowsOf(io);
  if (io === null || rows === null) return [];
  const named = ioMetadata(io).io_bindings.map(({ name, is_input: isInput }) => {
    const { shape = [], dtype = FLOAT16 } = io.tensors.find((tensor) => tensor.name === name) ?? {};
    return {
      isInput,
      shape: shape.map((size) => (size < 0n ? rows : Number(size))),
      scalarType: scalarTypeOf(dtype) ?? 0,
    };
  });
  const ordered = [...named.filter(({ isInput }) => isInput), ...named.filter(({ isInput }) => !isInput)];
  return ordered.map(add);
}
