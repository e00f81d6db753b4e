import { Builder, type Offset } from 'flatbuffers';
import { MemorySource, type ByteSource } from '../source/byte-source.js';
import { SparseSource, type SourcePiece } from '../source/sparse-source.js';
import { HEADER_AT, HEADER_BYTES, HEADER_MAGIC } from './extended-header.js';
import * as fb from './generated/executorch-flatbuffer.js';
import { INLINE_ALIGNMENT, SCHEMA_VERSION, SEGMENT_ALIGNMENT } from './layout.js';
import { methodValues, type MethodValues, writeTensorValue } from './method-values.js';
import { placeData, type PlacedData } from './placed-data.js';
import type { DelegateSpec, MethodPlan, MethodSpec, ProgramSpec } from './program-spec.js';
import { placeSegments, type Segment, type SegmentOrder } from './segments.js';
import { bytesFromName } from '../text/name-bytes.js';

/**
 * One builder serves all programs: it is cleared before each, and making one costs more than a
 * small program.
 */
const builder = new Builder(4096);

/**
 * Writes a program file as ExecuTorch's exporter lays it out: the extended header only when there
 * are segments, segment 0 for constants (none), then the delegates' data at multiples of 128 bytes.
 * ExecuTorch 1.5 loads it.
 */
export function writeProgram(spec: ProgramSpec): Uint8Array {
  const { size, head, segments } = layOut(spec);
  if (segments.length === 0) return head.slice();
  const file = new Uint8Array(size);
  file.set(head);
  for (const { at, source } of segments) file.set(source.read(0, source.size), at);
  return file;
}

/**
 * A program file as {@link writeProgram} writes it, of any size: the data of segments is not read.
 */
export function composeProgram(spec: ProgramSpec, order: SegmentOrder = 'in-order'): ByteSource {
  const { size, head, segments } = layOut(spec, order);
  return new SparseSource(size, [{ at: 0, source: new MemorySource(head.slice()) }, ...segments]);
}

interface ProgramLayout {
  readonly size: number;
  /** The flatbuffer, with the extended header in it when there are segments; not to be kept. */
  readonly head: Uint8Array;
  readonly segments: readonly SourcePiece[];
}

function layOut(spec: ProgramSpec, order: SegmentOrder = 'in-order'): ProgramLayout {
  const data = placeData(spec);
  const segments = placeSegments(data.segments, order);
  builder.clear();
  fb.Program.finishProgramBuffer(builder, writeRoot(spec, data, segments));
  const flatbuffer = builder.asUint8Array();
  return data.segments.length === 0
    ? { size: flatbuffer.length, head: flatbuffer, segments: [] }
    : withSegments(flatbuffer, segments);
}

/** Puts the extended header behind the identifier and the segments behind the flatbuffer. */
function withSegments(flatbuffer: Uint8Array, segments: readonly Segment[]): ProgramLayout {
  const programSize = flatbuffer.length + HEADER_BYTES;
  const base = Math.ceil(programSize / SEGMENT_ALIGNMENT) * SEGMENT_ALIGNMENT;
  const segmentDataSize = segments.reduce((end, { offset, data }) => Math.max(end, offset + data.size), 0);

  const file = new Uint8Array(programSize);
  const view = new DataView(file.buffer);
  file.set(flatbuffer.subarray(0, HEADER_AT));
  // Everything but the root offset is relative, so only that one moves with the header.
  view.setUint32(0, view.getUint32(0, true) + HEADER_BYTES, true);
  file.set(HEADER_MAGIC, HEADER_AT);
  view.setUint32(12, HEADER_BYTES, true);
  view.setBigUint64(16, BigInt(programSize), true);
  view.setBigUint64(24, BigInt(base), true);
  view.setBigUint64(32, BigInt(segmentDataSize), true);
  file.set(flatbuffer.subarray(HEADER_AT), HEADER_AT + HEADER_BYTES);
  return {
    size: base + segmentDataSize,
    head: file,
    segments: segments.map(({ offset, data }) => ({ at: base + offset, source: data })),
  };
}

function writeRoot(spec: ProgramSpec, data: PlacedData, segments: readonly Segment[]): Offset {
  const methods = [...spec.methods].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const plans = fb.Program.createExecutionPlanVector(
    builder,
    methods.map((method) => writeMethod(method, data)),
  );
  const inlineData = fb.Program.createBackendDelegateDataVector(builder, data.inline.map(writeInlineData));
  const segmentTable = fb.Program.createSegmentsVector(builder, segments.map(writeSegment));
  // Without this placeholder ExecuTorch 1.5 takes the program for one of an old format.
  const offsets = fb.SubsegmentOffsets.createOffsetsVector(builder, [0n]);
  const constants = fb.SubsegmentOffsets.createSubsegmentOffsets(builder, 0, offsets);

  fb.Program.startProgram(builder);
  fb.Program.addVersion(builder, SCHEMA_VERSION);
  fb.Program.addExecutionPlan(builder, plans);
  fb.Program.addBackendDelegateData(builder, inlineData);
  fb.Program.addSegments(builder, segmentTable);
  fb.Program.addConstantSegment(builder, constants);
  return fb.Program.endProgram(builder);
}

function writeMethod(method: MethodSpec, data: PlacedData): Offset {
  const name = builder.createString(bytesFromName(method.name));
  const numbered = methodValues(method);
  const tensors = numbered.tensors.map((tensor) => writeTensorValue(builder, tensor));
  const values = fb.ExecutionPlan.createValuesVector(builder, [writeNullValue(), ...tensors]);
  const inputs = fb.ExecutionPlan.createInputsVector(builder, [...numbered.inputs]);
  const outputs = fb.ExecutionPlan.createOutputsVector(builder, [...numbered.outputs]);
  const operators = operatorsOf(numbered.calls);
  const chains = fb.ExecutionPlan.createChainsVector(builder, [writeChain(numbered.calls, operators)]);
  const delegates = fb.ExecutionPlan.createDelegatesVector(
    builder,
    method.delegates.map((delegate) => writeDelegate(delegate, data.indexOf(delegate))),
  );
  const arenas = method.plan?.arenas ?? [];
  const bufferSizes = fb.ExecutionPlan.createNonConstBufferSizesVector(builder, [
    0n,
    ...arenas.map(({ bytes }) => bytes),
  ]);
  const operatorTable = operators.length === 0 ? null : writeOperators(operators);
  const devices = writeDevices(arenas);

  fb.ExecutionPlan.startExecutionPlan(builder);
  fb.ExecutionPlan.addName(builder, name);
  fb.ExecutionPlan.addValues(builder, values);
  fb.ExecutionPlan.addInputs(builder, inputs);
  fb.ExecutionPlan.addOutputs(builder, outputs);
  fb.ExecutionPlan.addChains(builder, chains);
  fb.ExecutionPlan.addDelegates(builder, delegates);
  fb.ExecutionPlan.addNonConstBufferSizes(builder, bufferSizes);
  if (operatorTable !== null) fb.ExecutionPlan.addOperators(builder, operatorTable);
  if (devices !== null) fb.ExecutionPlan.addNonConstBufferDevice(builder, devices);
  return fb.ExecutionPlan.endExecutionPlan(builder);
}

function writeNullValue(): Offset {
  fb.Null.startNull(builder);
  const nothing = fb.Null.endNull(builder);
  return fb.EValue.createEValue(builder, fb.KernelTypes.Null, nothing);
}

/** The operators that are called, each once. */
function operatorsOf(calls: MethodValues['calls']): string[] {
  return [...new Set(calls.flatMap((call) => ('operator' in call ? [call.operator] : [])))];
}

function writeOperators(names: readonly string[]): Offset {
  const operators = names.map((full) => {
    const [name = '', overload = ''] = full.split('.');
    return fb.Operator.createOperator(builder, builder.createString(name), builder.createString(overload));
  });
  return fb.ExecutionPlan.createOperatorsVector(builder, operators);
}

/** The place of device_type among the fields of NonConstBufferDevice. */
const DEVICE_TYPE_OF_ARENA = 1;

/** The list of the arenas that are not in host memory; null when all are. */
function writeDevices(arenas: MethodPlan['arenas']): Offset | null {
  const entries = arenas.flatMap(({ device: { type, index } }, arena) => {
    if (type === 0) return [];
    fb.NonConstBufferDevice.startNonConstBufferDevice(builder);
    fb.NonConstBufferDevice.addBufferIdx(builder, arena + 1);
    // A type that the schema does not list can be written, too.
    builder.addFieldInt8(DEVICE_TYPE_OF_ARENA, type, 0);
    fb.NonConstBufferDevice.addDeviceIndex(builder, index);
    return [fb.NonConstBufferDevice.endNonConstBufferDevice(builder)];
  });
  return entries.length === 0 ? null : fb.ExecutionPlan.createNonConstBufferDeviceVector(builder, entries);
}

/** One chain that makes the calls in order. */
function writeChain(calls: MethodValues['calls'], operators: readonly string[]): Offset {
  const instructions = calls.map((call) => {
    if ('operator' in call) {
      const args = fb.KernelCall.createArgsVector(builder, [...call.args]);
      const kernel = fb.KernelCall.createKernelCall(builder, operators.indexOf(call.operator), args);
      return fb.Instruction.createInstruction(builder, fb.InstructionArguments.KernelCall, kernel);
    }
    const vector = fb.DelegateCall.createArgsVector(builder, [...call.args]);
    const delegate = fb.DelegateCall.createDelegateCall(builder, call.delegate, vector);
    return fb.Instruction.createInstruction(builder, fb.InstructionArguments.DelegateCall, delegate);
  });
  const vector = fb.Chain.createInstructionsVector(builder, instructions);
  fb.Chain.startChain(builder);
  fb.Chain.addInstructions(builder, vector);
  return fb.Chain.endChain(builder);
}

function writeDelegate(delegate: DelegateSpec, index: number): Offset {
  const id = builder.createString(bytesFromName(delegate.backend));
  const processed = fb.BackendDelegateDataReference.createBackendDelegateDataReference(
    builder,
    delegate.placement === 'inline' ? fb.DataLocation.INLINE : fb.DataLocation.SEGMENT,
    // Segment 0 holds the constants.
    delegate.placement === 'inline' ? index : index + 1,
  );
  const specs = delegate.compileSpecs.map(({ key, value }) => {
    const keyOffset = builder.createString(bytesFromName(key));
    return fb.CompileSpec.createCompileSpec(builder, keyOffset, builder.createByteVector(value));
  });
  const specVector = fb.BackendDelegate.createCompileSpecsVector(builder, specs);

  fb.BackendDelegate.startBackendDelegate(builder);
  fb.BackendDelegate.addId(builder, id);
  fb.BackendDelegate.addProcessed(builder, processed);
  fb.BackendDelegate.addCompileSpecs(builder, specVector);
  return fb.BackendDelegate.endBackendDelegate(builder);
}

function writeInlineData(data: Uint8Array): Offset {
  // The code that flatc generates for TypeScript leaves the schema's force_align out.
  builder.prep(INLINE_ALIGNMENT, data.length);
  return fb.BackendDelegateInlineData.createBackendDelegateInlineData(
    builder,
    builder.createByteVector(data),
  );
}

function writeSegment({ offset, data }: Segment): Offset {
  return fb.DataSegment.createDataSegment(builder, BigInt(offset), BigInt(data.size));
}
