import { elements } from './elements.js';
import * as fb from './generated/executorch-flatbuffer.js';
import type { OpenProgram } from './open-program.js';
import { programFault, type ProgramFault } from './program-fault.js';
import type { TensorFile, ValueFile } from './program-file.js';
import { elementBytes } from './scalar-type.js';
import { SLOTS } from './slots.js';

// A damaged file can hold any number here.
const STATIC: number = fb.TensorShapeDynamism.STATIC;
const BOUNDED: number = fb.TensorShapeDynamism.DYNAMIC_BOUND;

const CPU: number = fb.DeviceType.CPU;

/** What the runtime logs before the name of a tensor that it misses. */
const EXTERNAL_TENSOR = 'Cannot retrieve external tensor with fqn: ';

const MAX_RANK = 16;
const MAX_INT64 = 2n ** 63n - 1n;
const MAX_UINT64 = 2n ** 64n - 1n;

/**
 * Reads a tensor as the runtime does when it loads a method; `plannedBytes` are the arenas that it
 * may lie in.
 */
export function readTensor(
  program: OpenProgram,
  tensor: fb.Tensor,
  plannedBytes: readonly bigint[],
): ValueFile | ProgramFault {
  if (tensor.storageOffset() !== 0) {
    return programFault('unsupported-value', `a tensor has a storage offset of ${tensor.storageOffset()}`);
  }
  const element = elementBytes(tensor.scalarType());
  if (element === null) {
    return programFault('bad-value', `a tensor is of unknown scalar type ${tensor.scalarType()}`);
  }
  const fault = shapeFault(program, tensor);
  if (fault !== null) return fault;
  const shape = [...elements(tensor.sizesLength(), (d) => tensor.sizes(d))];
  const negative = shape.find((size) => size < 0);
  if (negative !== undefined) return programFault('bad-value', `a tensor has a dimension of ${negative}`);
  if (!isPermutation(tensor))
    return programFault('bad-tensor', 'the dim_order of a tensor is no permutation');
  const bytes = shape.reduce((product, size) => product * BigInt(size), BigInt(element));
  if (bytes > MAX_INT64) {
    return programFault(
      'crash-hazard',
      'the size of a tensor overflows, which the runtime takes to be impossible',
    );
  }
  const extra = tensor.extraTensorInfo();
  const memoryId = tensor.allocationInfo()?.memoryId();
  return (
    dataFault(program, tensor, bytes, plannedBytes) ?? {
      kind: 'tensor',
      shape,
      dynamism: dynamismOf(tensor.shapeDynamism()),
      scalarType: tensor.scalarType(),
      elementBytes: element,
      device: { type: extra?.deviceType() ?? CPU, index: extra?.deviceIndex() ?? 0 },
      arena: memoryId === undefined ? null : memoryId - 1,
      place: placeOf(tensor),
    }
  );
}

function dynamismOf(dynamism: number): TensorFile['dynamism'] {
  if (dynamism === STATIC) return 'static';
  return dynamism === BOUNDED ? 'bounded' : 'unknown';
}

function placeOf(tensor: fb.Tensor): TensorFile['place'] {
  if (tensor.allocationInfo() !== null) return 'planned';
  return tensor.dataBufferIdx() === 0 ? 'caller' : 'constant';
}

function shapeFault({ buffer }: OpenProgram, tensor: fb.Tensor): ProgramFault | null {
  if (tensor.shapeDynamism() === fb.TensorShapeDynamism.DYNAMIC_UNBOUND) {
    return programFault('unsupported-value', 'a tensor has a shape without bounds');
  }
  const rank = tensor.sizesLength();
  if (!buffer.has(tensor, SLOTS.Tensor.sizes)) return programFault('missing-field', 'a tensor has no sizes');
  if (rank > MAX_RANK) return programFault('bad-value', `a tensor has rank ${rank}, more than ${MAX_RANK}`);
  return !buffer.has(tensor, SLOTS.Tensor.dimOrder) || tensor.dimOrderLength() !== rank
    ? programFault('missing-field', 'a tensor has no dim_order of its rank')
    : null;
}

function isPermutation(tensor: fb.Tensor): boolean {
  const rank = tensor.sizesLength();
  const seen = new Set<number>();
  for (let d = 0; d < rank; d++) seen.add(Number(tensor.dimOrder(d)));
  return seen.size === rank && [...seen].every((dimension) => dimension < rank);
}

/** What is wrong with where a tensor's data is said to be. */
function dataFault(
  program: OpenProgram,
  tensor: fb.Tensor,
  bytes: bigint,
  plannedBytes: readonly bigint[],
): ProgramFault | null {
  const allocation = tensor.allocationInfo();
  const extra = tensor.extraTensorInfo();
  if (extra?.location() === fb.TensorDataLocation.EXTERNAL) {
    const fault = programFault('no-external-data', 'a tensor is in another file, and none is given');
    const name = extra.fullyQualifiedName();
    return name === null ? fault : { ...fault, logs: [`${EXTERNAL_TENSOR}${name}`] };
  }
  const constant = tensor.dataBufferIdx();
  if (allocation === null) return constant === 0 ? null : constantFault(program, constant, bytes);
  const fault = planFault(allocation, bytes, plannedBytes);
  return fault !== null || constant === 0 ? fault : initialStateFault(program, constant, bytes);
}

/** What is wrong with the state that a planned tensor starts from. */
function initialStateFault(
  { buffer, root, header, file }: OpenProgram,
  index: number,
  bytes: bigint,
): ProgramFault | null {
  const none = programFault('no-such-segment', 'a tensor has an initial state that the file does not hold');
  const base = header?.segmentBase ?? 0n;
  const offsets = base === 0n || root.mutableDataSegmentsLength() === 0 ? null : root.mutableDataSegments(0);
  const offset = offsets !== null && index < offsets.offsetsLength() ? offsets.offsets(index) : null;
  if (offsets === null || offset === null) return none;
  if (!buffer.has(root, SLOTS.Program.segments)) {
    return programFault('missing-field', 'a tensor has an initial state, but there is no list of segments');
  }
  const segment =
    offsets.segmentIndex() < root.segmentsLength() ? root.segments(offsets.segmentIndex()) : null;
  if (segment === null) return none;
  if (offset + bytes > MAX_UINT64)
    return programFault('offset-overflow', 'an initial state wraps around 64 bits');
  const outside = programFault(
    'segment-out-of-file',
    'an initial state is outside of its segment or of the file',
  );
  if (offset + bytes > segment.size()) return outside;
  const start = base + segment.offset() + offset;
  if (start > MAX_UINT64) return programFault('offset-overflow', 'an initial state starts beyond 64 bits');
  return start + bytes > BigInt(file.size) ? outside : null;
}

function constantFault({ root, constants }: OpenProgram, index: number, bytes: bigint): ProgramFault | null {
  if (constants === null) {
    return programFault('bad-index', `a tensor is constant ${index}, but there is no segment of constants`);
  }
  const segment = root.constantSegment();
  const offset = segment !== null && index < segment.offsetsLength() ? segment.offsets(index) : null;
  return offset === null || offset + bytes > BigInt(constants.size)
    ? programFault('no-such-constant', `constant ${index} is not inside of the segment of the constants`)
    : null;
}

function planFault(
  allocation: fb.AllocationDetails,
  bytes: bigint,
  plannedBytes: readonly bigint[],
): ProgramFault | null {
  const arena = plannedBytes[allocation.memoryId() - 1];
  if (arena === undefined) {
    return programFault(
      'bad-memory-plan',
      `a tensor is planned in arena ${allocation.memoryId()}, which does not exist`,
    );
  }
  const offset = (BigInt(allocation.memoryOffsetHigh()) << 32n) | BigInt(allocation.memoryOffsetLow());
  return offset + bytes > arena
    ? programFault('memory-plan-too-small', `a tensor is planned outside of arena ${allocation.memoryId()}`)
    : null;
}
