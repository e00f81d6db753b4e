import type { Builder, Offset } from 'flatbuffers';
import * as fb from './generated/executorch-flatbuffer.js';
import type { MethodSpec, TensorSpec } from './program-spec.js';

/** Which value of the method stands for what. */
export interface MethodValues {
  /** The tensors of a method, in the order of its delegates; value 0 is none of them. */
  readonly tensors: readonly TensorSpec[];
  /** Indices of the values that a caller gives. */
  readonly inputs: readonly number[];
  /** Indices of the values that a caller reads. */
  readonly outputs: readonly number[];
  /** Indices of the values that each delegate is called with. */
  readonly args: readonly (readonly number[])[];
}

/** Numbers the values of a method: value 0 is null, then come the tensors of its delegates. */
export function methodValues({ delegates }: MethodSpec): MethodValues {
  const tensors: TensorSpec[] = [];
  const args = delegates.map((delegate) => (delegate.tensors ?? []).map((tensor) => tensors.push(tensor)));
  const indices = (role: TensorSpec['role']): number[] =>
    tensors.flatMap((tensor, at) => (tensor.role === role ? [at + 1] : []));
  return { tensors, inputs: indices('input'), outputs: indices('output'), args };
}

/** Writes a tensor without memory: its caller has to bring some. */
export function writeTensorValue(builder: Builder, { shape }: TensorSpec): Offset {
  const sizes = fb.Tensor.createSizesVector(builder, [...shape]);
  const order = fb.Tensor.createDimOrderVector(
    builder,
    shape.map((_, dimension) => dimension),
  );
  fb.Tensor.startTensor(builder);
  fb.Tensor.addScalarType(builder, fb.ScalarType.HALF);
  fb.Tensor.addSizes(builder, sizes);
  fb.Tensor.addDimOrder(builder, order);
  fb.Tensor.addShapeDynamism(builder, fb.TensorShapeDynamism.STATIC);
  const tensor = fb.Tensor.endTensor(builder);
  return fb.EValue.createEValue(builder, fb.KernelTypes.Tensor, tensor);
}
