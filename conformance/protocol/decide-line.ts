import { nameFromBytes } from '../../reference/text/name-bytes.js';
import { nameToJson } from '../wire/json/json-bytes.js';
import {
  ENGINE_ANSWERS,
  ENGINE_AUTOMATIC,
  ENGINE_HEADER,
  ENGINE_SPECS,
  ENGINE_STREAMABLE,
  OPTION_BOOL,
  OPTION_INT,
  RECORD_HEADER,
} from '../wire/decision-format.js';

const ANSWERS = 8;

/** `setAnswers` by the byte that holds them. */
const SET_ANSWERS = Array.from({ length: 1 << ANSWERS }, (_, mask) =>
  Array.from({ length: ANSWERS }, (_bit, n) => ((mask >> n) & 1) === 1).join(','),
);

/** Keys in JSON by their bytes; generated cases have few of them. */
const KEYS = new Map<string, string>();
const MOST_KEYS = 1024;

/**
 * The message `decide` of a decision record as a line. It goes from bytes to text without a case in
 * between: generated cases in bulk run through here.
 */
export function decideLine(record: Uint8Array, seq: number): string {
  const bytes = Buffer.from(record.buffer, record.byteOffset, record.length);
  let at = RECORD_HEADER;
  let options = '';
  for (let left = bytes[2] ?? 0; left > 0; left--) {
    const valueAt = at + 1 + (bytes[at] ?? 0);
    const { text, end } = optionValue(bytes, valueAt);
    options += `${options === '' ? '' : ','}{"key":${keyText(bytes, at + 1, valueAt)},"value":${text}}`;
    at = end;
  }
  let engines = '';
  for (let left = bytes[3] ?? 0; left > 0; left--) {
    const specs = specsText(bytes, at);
    engines +=
      `${engines === '' ? '' : ','}{"streamable":"${bytes.readBigInt64LE(at + ENGINE_STREAMABLE)}",` +
      `"automatic":"${bytes.readBigInt64LE(at + ENGINE_AUTOMATIC)}",` +
      `"setAnswers":[${SET_ANSWERS[bytes[at + ENGINE_ANSWERS] ?? 0]}],"compileSpecs":[${specs.text}]}`;
    at = specs.end;
  }
  return `{"message":"decide","seq":${seq},"case":{"options":[${options}],"engines":[${engines}]}}\n`;
}

/** A part of a line, and the offset behind the bytes that it stands for. */
interface Part {
  readonly text: string;
  readonly end: number;
}

function optionValue(bytes: Buffer, at: number): Part {
  const type = bytes[at];
  if (type === OPTION_BOOL) return { text: `{"type":"bool","value":${bytes[at + 1] === 1}}`, end: at + 2 };
  if (type === OPTION_INT)
    return { text: `{"type":"int","value":${bytes.readInt32LE(at + 1)}}`, end: at + 5 };
  const end = at + 3 + bytes.readUInt16LE(at + 1);
  return { text: `{"type":"array","bytes":{"hex":"${bytes.toString('hex', at + 3, end)}"}}`, end };
}

function specsText(bytes: Buffer, engine: number): Part {
  let text = '';
  let at = engine + ENGINE_HEADER;
  for (let left = bytes[engine + ENGINE_SPECS] ?? 0; left > 0; left--) {
    const keyEnd = at + 1 + (bytes[at] ?? 0);
    const end = keyEnd + 2 + bytes.readUInt16LE(keyEnd);
    const value = bytes.toString('hex', keyEnd + 2, end);
    text += `${text === '' ? '' : ','}{"key":${keyText(bytes, at + 1, keyEnd)},"value":{"hex":"${value}"}}`;
    at = end;
  }
  return { text, end: at };
}

function keyText(bytes: Buffer, start: number, end: number): string {
  const key = bytes.toString('latin1', start, end);
  const known = KEYS.get(key);
  if (known !== undefined) return known;
  const text = JSON.stringify(nameToJson(nameFromBytes(bytes.subarray(start, end))));
  if (KEYS.size < MOST_KEYS) KEYS.set(key, text);
  return text;
}
