import type {
  AnyLoadRequest,
  GivenProgram,
  OptionsEntry,
  OptionsMap,
  OptionValue,
  Step,
} from '../../reference/request/load-request.js';
import { FAULT_CALLS, HOST_MEMORY_KINDS, isOptionStep } from '../../reference/request/load-request.js';
import { ByteWriter } from './byte-writer.js';
import { WireError } from './wire-error.js';

const WIRE_VERSION = 1;
/** The one that says something about the host's memory. */
const LATER_VERSION = 2;

/** In place of the size of a program: the path of its file follows. */
export const PROGRAM_IN_FILE = 0xffffffff;

const SHARING_HOSTS = { program: 2, copies: 3 } as const;
const THREADS_HOST = 4;

const OPERATIONS = { load: 0, execute: 1, unload: 2, 'set-option': 3, 'get-option': 4 } as const;

/**
 * Appends one request record (spec/wire-format.md) to `writer`. Throws `WireError` for a value that
 * does not fit its field: more than 255 steps, faults, backends or options, or a name above 65,535
 * bytes.
 */
export function encodeRequest(writer: ByteWriter, request: AnyLoadRequest): void {
  const start = writer.length;
  writer.u32(0);
  const { hostMemory } = request.device;
  writer.u8(hostMemory === undefined ? WIRE_VERSION : LATER_VERSION);
  writer.u8(hostOf(request));
  writer.u8(request.verification === 'minimal' ? 0 : 1);
  writer.count8(request.steps.length, 'steps');
  writer.u64(request.device.totalBytes);
  writer.u64(request.device.freeBytes);
  if (hostMemory !== undefined) {
    writer.u8(HOST_MEMORY_KINDS.indexOf(hostMemory.kind) + 1);
    writer.u64(hostMemory.availableBytes);
  }
  writer.count8(request.device.faults.length, 'faults');
  for (const fault of request.device.faults) {
    writer.u8(FAULT_CALLS.indexOf(fault.call));
    writer.u16(fault.occurrence);
  }
  if (request.threads !== undefined) {
    writer.u8(request.threads.count);
    writer.u32(request.threads.seed);
  }
  if (request.module !== null) encodeOptionsMap(writer, request.module.options);
  for (const step of request.steps) encodeStep(writer, step);
  encodeProgram(writer, request.program);
  writer.patchU32(start, writer.length - start);
}

function hostOf({ module, sharing, threads, steps }: AnyLoadRequest): number {
  if (threads !== undefined) {
    if (module !== null || sharing !== undefined)
      throw new WireError('threads share neither a module nor an allocator', 0);
    if (steps.some(isOptionStep))
      throw new WireError('an option of the process is not set or asked for on several threads at once', 0);
    return THREADS_HOST;
  }
  if (sharing === undefined) return module === null ? 0 : 1;
  if (module !== null) throw new WireError('a module does not share an allocator with its loads', 0);
  return SHARING_HOSTS[sharing];
}

/** One request as a record of its own. */
export function encodedRequest(request: AnyLoadRequest): Uint8Array {
  const writer = new ByteWriter();
  encodeRequest(writer, request);
  return writer.take();
}

function encodeProgram(writer: ByteWriter, program: GivenProgram): void {
  if (program instanceof Uint8Array) {
    writer.u32(program.length);
    writer.bytes(program);
  } else {
    writer.u32(PROGRAM_IN_FILE);
    writer.name16(program.path);
  }
}

function encodeStep(writer: ByteWriter, step: Step): void {
  writer.u8(OPERATIONS[step.op]);
  switch (step.op) {
    case 'load':
      writer.name16(step.method);
      encodeOptionsMap(writer, step.options);
      return;
    case 'execute':
    case 'unload':
      writer.name16(step.method);
      return;
    case 'set-option':
      encodeEntry(writer, step.options);
      return;
    case 'get-option':
      writer.name16(step.backend);
      writer.name16(step.key);
      return;
  }
}

function encodeOptionsMap(writer: ByteWriter, map: OptionsMap | null): void {
  if (map === null) {
    writer.u8(0);
    return;
  }
  writer.u8(1);
  writer.count8(map.length, 'backends in an options map');
  for (const entry of map) encodeEntry(writer, entry);
}

function encodeEntry(writer: ByteWriter, entry: OptionsEntry): void {
  writer.u8(entry.via === 'builder' ? 0 : 1);
  writer.name16(entry.backend);
  writer.count8(entry.options.length, 'options of a backend');
  for (const option of entry.options) {
    writer.name16(option.key);
    encodeValue(writer, option.value);
  }
}

function encodeValue(writer: ByteWriter, value: OptionValue): void {
  switch (value.type) {
    case 'bool':
      writer.u8(0);
      writer.u8(value.value ? 1 : 0);
      return;
    case 'int':
      writer.u8(1);
      writer.i32(value.value);
      return;
    case 'string':
      writer.u8(2);
      writer.bytes16(value.bytes);
      return;
    case 'array':
      writer.u8(3);
      writer.bytes16(value.bytes);
      return;
  }
}
