import type {
  AnyLoadRequest,
  BackendOption,
  Fault,
  GivenProgram,
  HostMemory,
  LoadRequest,
  OptionsEntry,
  OptionsMap,
  OptionValue,
  ProgramOnDisk,
  Step,
  Threads,
} from '../../reference/request/load-request.js';
import { FAULT_CALLS, HOST_MEMORY_KINDS } from '../../reference/request/load-request.js';
import { ByteReader } from './byte-reader.js';
import { PROGRAM_IN_FILE } from './encode-request.js';
import { readRecords } from './read-records.js';
import { WireError } from './wire-error.js';

/** How programs are loaded; where loads share an allocator, what else they share. */
const HOSTS = ['separate', 'module', { sharing: 'program' }, { sharing: 'copies' }, 'threads'] as const;
const OPERATIONS = ['load', 'execute', 'unload', 'set-option', 'get-option'] as const;
const MAX_ARRAY_BYTES = 256;

/**
 * The requests of a batch of request records, in order. Throws {@link WireError} when the batch is
 * malformed, or names a program by its file.
 */
export function decodeRequests(batch: Uint8Array): LoadRequest[] {
  return decoded(batch, refuseFile);
}

/** The same of requests that can name a program by its file; `open` gives one of a path. */
export function decodeAnyRequests(
  batch: Uint8Array,
  open: (path: string) => ProgramOnDisk,
): AnyLoadRequest[] {
  return decoded<GivenProgram>(batch, open);
}

function refuseFile(path: string): never {
  throw new WireError(`a program is named by its file ${JSON.stringify(path)}, not given as bytes`, 0);
}

function decoded<Program extends GivenProgram>(
  batch: Uint8Array,
  open: (path: string) => Program,
): LoadRequest<Program | Uint8Array>[] {
  return readRecords(batch).map(([start, end]) => decodeRequest(new ByteReader(batch, start, end), open));
}

function decodeRequest<Program extends GivenProgram>(
  reader: ByteReader,
  open: (path: string) => Program,
): LoadRequest<Program | Uint8Array> {
  reader.u32();
  const version = reader.u8();
  if (version !== 1 && version !== 2)
    throw new WireError(`request version ${version} is not known`, reader.at - 1);
  const host = reader.item8(HOSTS, 'host');
  const verification = reader.item8(['minimal', 'internal-consistency'] as const, 'verification');
  const steps = reader.u8();
  const totalBytes = reader.u64();
  const freeBytes = reader.u64();
  const hostMemory = version === 1 ? undefined : decodeHostMemory(reader);
  const faults = times(reader.u8(), () => decodeFault(reader));
  const threads = host === 'threads' ? decodeThreads(reader) : undefined;
  const module = host === 'module' ? { options: decodeOptionsMap(reader) } : null;
  const request: LoadRequest<Program | Uint8Array> = {
    verification,
    device: { totalBytes, freeBytes, faults, ...(hostMemory === undefined ? {} : { hostMemory }) },
    module,
    ...(typeof host === 'string' ? {} : host),
    ...(threads === undefined ? {} : { threads }),
    steps: times(steps, () => decodeStep(reader)),
    program: decodeProgram(reader, open),
  };
  if (reader.left > 0) throw new WireError(`${reader.left} bytes too many in a request record`, reader.at);
  return request;
}

function decodeProgram<Program extends GivenProgram>(
  reader: ByteReader,
  open: (path: string) => Program,
): Program | Uint8Array {
  const size = reader.u32();
  return size === PROGRAM_IN_FILE ? open(reader.name16()) : reader.bytes(size);
}

function decodeHostMemory(reader: ByteReader): HostMemory | undefined {
  const kind = reader.item8([undefined, ...HOST_MEMORY_KINDS], 'memory of the host');
  const availableBytes = reader.u64();
  return kind === undefined ? undefined : { kind, availableBytes };
}

function decodeThreads(reader: ByteReader): Threads {
  const count = reader.u8();
  if (count < 2 || count > 8) throw new WireError(`${count} threads are not 2 to 8`, reader.at - 1);
  return { count, seed: reader.u32() };
}

function decodeFault(reader: ByteReader): Fault {
  return { call: reader.item8(FAULT_CALLS, 'fault call'), occurrence: reader.u16() };
}

function decodeStep(reader: ByteReader): Step {
  const op = reader.item8(OPERATIONS, 'operation');
  switch (op) {
    case 'load':
      return { op, method: reader.name16(), options: decodeOptionsMap(reader) };
    case 'execute':
    case 'unload':
      return { op, method: reader.name16() };
    case 'set-option':
      return { op, options: decodeEntry(reader) };
    case 'get-option':
      return { op, backend: reader.name16(), key: reader.name16() };
  }
}

function decodeOptionsMap(reader: ByteReader): OptionsMap | null {
  const present = reader.item8([false, true], 'presence of an options map');
  return present ? times(reader.u8(), () => decodeEntry(reader)) : null;
}

function decodeEntry(reader: ByteReader): OptionsEntry {
  const via = reader.item8(['builder', 'span'] as const, 'way of setting options');
  const backend = reader.name16();
  return { backend, via, options: times(reader.u8(), () => decodeOption(reader)) };
}

function decodeOption(reader: ByteReader): BackendOption {
  return { key: reader.name16(), value: decodeValue(reader) };
}

function decodeValue(reader: ByteReader): OptionValue {
  const type = reader.item8(['bool', 'int', 'string', 'array'] as const, 'type of an option');
  switch (type) {
    case 'bool':
      return { type, value: reader.item8([false, true], 'bool') };
    case 'int':
      return { type, value: reader.i32() };
    case 'string':
      return { type, bytes: reader.bytes16() };
    case 'array': {
      const bytes = reader.bytes16();
      if (bytes.length <= MAX_ARRAY_BYTES) return { type, bytes };
      throw new WireError(`an option array holds ${bytes.length} bytes, at most 256 fit`, reader.at);
    }
  }
}

function times<T>(count: number, read: () => T): T[] {
  return Array.from({ length: count }, read);
}
