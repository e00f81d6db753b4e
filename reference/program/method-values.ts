import type { Builder, Offset } from 'flatbuffers';
import * as fb from './generated/executorch-flatbuffer.js';
import type { MethodSpec, PlannedCall, PlannedTensor, TensorSpec } from './program-spec.js';

/** Which value of the method stands for what. */
export interface MethodValues {
  /**
   * The tensors of a method, in the order of its delegates or its plan; value 0 is none of them.
   */
  readonly tensors: readonly (TensorSpec | PlannedTensor)[];
  /** Indices of the values that a caller gives. */
  readonly inputs: readonly number[];
  /** Indices of the values that a caller reads. */
  readonly outputs: readonly number[];
  /** What is called with which values. */
  readonly calls: readonly PlannedCall[];
}

/** Numbers the values of a method: value 0 is null, then come its tensors. */
export function methodValues({ delegates, plan }: MethodSpec): MethodValues {
  if (plan !== undefined) {
    const values = (tensors: readonly number[]): number[] => tensors.map((tensor) => tensor + 1);
    return {
      tensors: plan.tensors,
      inputs: values(plan.inputs),
      outputs: values(plan.outputs),
      calls: plan.calls.map((call) => ({ ...call, args: values(call.args) })),
    };
  }
  const tensors: TensorSpec[] = [];
  const calls = delegates.map((each, delegate) => ({
    delegate,
    args: (each.tensors ?? []).map((tensor) => tensors.push(tensor)),
  }));
  const indices = (role: TensorSpec['role']): number[] =>
    tensors.flatMap((tensor, at) => (tensor.role === role ? [at + 1] : []));
  return { tensors, inputs: indices('input'), outputs: indices('output'), calls };
}

/**
 * Writes a tensor: where its plan puts it, or without memory, so that its caller has to bring some.
 */
export function writeTensorValue(builder: Builder, spec: TensorSpec | PlannedTensor): Offset {
  const { shape } = spec;
  const sizes = fb.Tensor.createSizesVector(builder, [...shape]);
  const order = fb.Tensor.createDimOrderVector(
    builder,
    shape.map((_, dimension) => dimension),
  );
  const place = 'arena' in spec ? writePlace(builder, spec) : null;
  fb.Tensor.startTensor(builder);
  builder.addFieldInt8(SCALAR_TYPE_OF_TENSOR, scalarTypeOf(spec), 0);
  fb.Tensor.addSizes(builder, sizes);
  fb.Tensor.addDimOrder(builder, order);
  fb.Tensor.addShapeDynamism(builder, fb.TensorShapeDynamism.STATIC);
  if (place !== null) {
    fb.Tensor.addAllocationInfo(builder, place.allocation);
    fb.Tensor.addExtraTensorInfo(builder, place.extra);
  }
  const tensor = fb.Tensor.endTensor(builder);
  return fb.EValue.createEValue(builder, fb.KernelTypes.Tensor, tensor);
}

/** The place of scalar_type among the fields of Tensor. */
const SCALAR_TYPE_OF_TENSOR = 0;

function scalarTypeOf(spec: TensorSpec | PlannedTensor): number {
  return ('arena' in spec ? spec.scalarType : undefined) ?? fb.ScalarType.HALF;
}

/** The place of device_type among the fields of ExtraTensorInfo. */
const DEVICE_TYPE_OF_TENSOR = 3;

/** Arena 0 of a plan is arena 1 of the file: the first entry there is reserved. */
function writePlace(
  builder: Builder,
  { arena, offset, device }: PlannedTensor,
): { readonly allocation: Offset; readonly extra: Offset } {
  const allocation = fb.AllocationDetails.createAllocationDetails(builder, arena + 1, offset, 0);
  fb.ExtraTensorInfo.startExtraTensorInfo(builder);
  // A type that the schema does not list can be written, too.
  builder.addFieldInt8(DEVICE_TYPE_OF_TENSOR, device.type, 0);
  fb.ExtraTensorInfo.addDeviceIndex(builder, device.index);
  return { allocation, extra: fb.ExtraTensorInfo.endExtraTensorInfo(builder) };
}
