import { ByteReader } from './byte-reader.js';
import {
  ENGINE_SPECS,
  MAX_ENGINES,
  MAX_OPTION_BYTES,
  MAX_OPTION_KEY,
  MAX_OPTIONS,
  OPTION_ARRAY,
  OPTION_BOOL,
  OPTION_INT,
  RECORD_HEADER,
} from './decision-format.js';
import { WireError } from './wire-error.js';

/**
 * Checks that a decision record (spec/decision-format.md) begins at `start`, whoever wrote it;
 * gives the offset behind it. Throws {@link WireError} for one that is malformed.
 */
export function checkDecision(bytes: Uint8Array, start: number): number {
  const left = bytes.length - start;
  const size = left < RECORD_HEADER ? 0 : new ByteReader(bytes, start).u16();
  if (size < RECORD_HEADER || size > left) {
    throw new WireError(`a decision record says it has ${size} bytes, but ${left} are left`, start);
  }
  const reader = new ByteReader(bytes, start + 2, start + size);
  const options = atMost(reader, MAX_OPTIONS, 'options');
  const engines = atMost(reader, MAX_ENGINES, 'engines');
  if (engines === 0) throw new WireError('a decision record has no engine', reader.at - 1);
  for (let n = 0; n < options; n++) checkOption(reader);
  for (let n = 0; n < engines; n++) checkEngine(reader);
  if (reader.left > 0) throw new WireError(`${reader.left} bytes too many in a decision record`, reader.at);
  return start + size;
}

function checkOption(reader: ByteReader): void {
  reader.bytes(atMost(reader, MAX_OPTION_KEY, 'bytes of a key'));
  const type = reader.u8();
  switch (type) {
    case OPTION_BOOL:
      atMost(reader, 1, 'for a bool');
      return;
    case OPTION_INT:
      reader.i32();
      return;
    case OPTION_ARRAY: {
      const at = reader.at;
      const length = reader.u16();
      if (length > MAX_OPTION_BYTES) throw new WireError(`an option array holds ${length} bytes`, at);
      reader.bytes(length);
      return;
    }
    default:
      throw new WireError(`type of an option ${type} is not defined`, reader.at - 1);
  }
}

function checkEngine(reader: ByteReader): void {
  reader.bytes(ENGINE_SPECS);
  for (let specs = reader.u8(); specs > 0; specs--) {
    reader.bytes(reader.u8());
    reader.bytes(reader.u16());
  }
}

function atMost(reader: ByteReader, most: number, what: string): number {
  const value = reader.u8();
  if (value > most) throw new WireError(`${value} ${what}, at most ${most} are defined`, reader.at - 1);
  return value;
}
