import { elements } from './elements.js';
import * as fb from './generated/executorch-flatbuffer.js';
import type { GuardedBuffer } from './guarded-buffer.js';
import { programFault, type ProgramFault } from './program-fault.js';
import { elementBytes } from './scalar-type.js';
import { SLOTS } from './slots.js';

const MAX_INT64 = 2n ** 63n - 1n;
const MAX_UINT64 = 2n ** 64n - 1n;

/**
 * What `Verification::InternalConsistency` looks at beyond offsets: the sizes of all tensors and
 * the items of all tensor lists, in every method. Null when all is well.
 */
export function validateValues(buffer: GuardedBuffer, root: fb.Program): ProgramFault | null {
  if (!buffer.has(root, SLOTS.Program.executionPlan))
    return programFault('missing-field', 'there is no list of methods');
  for (const plan of elements(root.executionPlanLength(), (n) => root.executionPlan(n))) {
    if (!buffer.has(plan, SLOTS.ExecutionPlan.values))
      return programFault('missing-field', 'a method has no values');
    const dynamicInputs = findDynamicInputs(plan);
    let index = 0;
    for (const value of elements(plan.valuesLength(), (n) => plan.values(n))) {
      // The sizes of a dynamic input are checked when it is given.
      if (!isValid(buffer, plan, value, dynamicInputs.has(index))) {
        return programFault(
          'bad-value',
          `value ${index} of a method is a tensor of impossible size or a broken list`,
        );
      }
      index++;
    }
  }
  return null;
}

function isValid(
  buffer: GuardedBuffer,
  plan: fb.ExecutionPlan,
  value: fb.EValue,
  dynamicInput: boolean,
): boolean {
  const type = value.valType();
  if (type === fb.KernelTypes.Tensor) {
    const tensor = value.val(new fb.Tensor()) as fb.Tensor | null;
    return tensor !== null && (dynamicInput || isValidTensor(buffer, tensor));
  }
  if (type === fb.KernelTypes.TensorList) {
    const list = value.val(new fb.TensorList()) as fb.TensorList | null;
    return list !== null && buffer.has(list, SLOTS.Items.items) && namesTensors(plan, list);
  }
  return true;
}

function isValidTensor(buffer: GuardedBuffer, tensor: fb.Tensor): boolean {
  const element = elementBytes(tensor.scalarType());
  if (!buffer.has(tensor, SLOTS.Tensor.sizes) || element === null) return false;
  let count = 1n;
  for (const size of elements(tensor.sizesLength(), (d) => tensor.sizes(d))) {
    if (size < 0) return false;
    count *= BigInt(size);
    if (count > MAX_INT64) return false;
  }
  return count * BigInt(element) <= MAX_UINT64;
}

function namesTensors(plan: fb.ExecutionPlan, list: fb.TensorList): boolean {
  for (const index of elements(list.itemsLength(), (n) => list.items(n))) {
    if (index < 0 || index >= plan.valuesLength()) return false;
    if (plan.values(index)?.valType() !== fb.KernelTypes.Tensor) return false;
  }
  return true;
}

function findDynamicInputs(plan: fb.ExecutionPlan): ReadonlySet<number> {
  const dynamic = new Set<number>();
  for (const index of elements(plan.inputsLength(), (n) => plan.inputs(n))) {
    const value = index >= 0 && index < plan.valuesLength() ? plan.values(index) : null;
    if (value?.valType() !== fb.KernelTypes.Tensor) continue;
    const tensor = value.val(new fb.Tensor()) as fb.Tensor | null;
    if (tensor !== null && tensor.shapeDynamism() !== fb.TensorShapeDynamism.STATIC) dynamic.add(index);
  }
  return dynamic;
}
