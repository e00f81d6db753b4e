import type {
  BackendOption,
  Fault,
  LoadRequest,
  OptionsEntry,
  OptionsMap,
  OptionValue,
  Step,
} from '../../reference/request/load-request.js';
import { FAULT_CALLS } from '../../reference/request/load-request.js';
import { ByteReader } from './byte-reader.js';
import { readRecords } from './read-records.js';
import { WireError } from './wire-error.js';

const OPERATIONS = ['load', 'execute', 'unload'] as const;
const MAX_ARRAY_BYTES = 256;

/**
 * The requests of a batch of request records, in order. Throws {@link WireError} when the batch is
 * malformed.
 */
export function decodeRequests(batch: Uint8Array): LoadRequest[] {
  return readRecords(batch).map(([start, end]) => decodeRequest(new ByteReader(batch, start, end)));
}

function decodeRequest(reader: ByteReader): LoadRequest {
  reader.u32();
  const version = reader.u8();
  if (version !== 1) throw new WireError(`request version ${version} is not known`, reader.at - 1);
  const usesModule = reader.item8([false, true], 'host');
  const verification = reader.item8(['minimal', 'internal-consistency'] as const, 'verification');
  const steps = reader.u8();
  const totalBytes = reader.u64();
  const freeBytes = reader.u64();
  const faults = times(reader.u8(), () => decodeFault(reader));
  const module = usesModule ? { options: decodeOptionsMap(reader) } : null;
  const request: LoadRequest = {
    verification,
    device: { totalBytes, freeBytes, faults },
    module,
    steps: times(steps, () => decodeStep(reader)),
    program: reader.bytes(reader.u32()),
  };
  if (reader.left > 0) throw new WireError(`${reader.left} bytes too many in a request record`, reader.at);
  return request;
}

function decodeFault(reader: ByteReader): Fault {
  return { call: reader.item8(FAULT_CALLS, 'fault call'), occurrence: reader.u16() };
}

function decodeStep(reader: ByteReader): Step {
  const op = reader.item8(OPERATIONS, 'operation');
  const method = reader.name16();
  return op === 'load' ? { op, method, options: decodeOptionsMap(reader) } : { op, method };
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
