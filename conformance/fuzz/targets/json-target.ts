import type { Json } from '../../../reference/blob/json.js';
import { parseJson } from '../../../reference/blob/parse-json.js';
import { bytesOf } from '../../model/text.js';
import { mutateJson } from './mutate-json.js';
import { type ReaderTarget, REFUSED } from './reader-target.js';
import { hexOf } from './texts.js';

const DEEPEST = '['.repeat(64) + ']'.repeat(64);
const TEXTS = [
  '{"a":[1,-0,0.5e-7,true,false,null],"a":{"":"\\u00e9\\ud83d\\ude00\\n"}}',
  '"\\ud83d"',
  '[ 2147483647 , -2147483648,2147483648 ]',
  DEEPEST,
];

/** JSON proper, as the metadata of a blob is. */
export const JSON_TARGET: ReaderTarget = {
  name: 'json',
  what: 'JSON as a blob holds it',
  read: (input) => {
    const json = parseJson(input);
    return json === null ? REFUSED : valueText(json);
  },
  twin: 'equal',
  seeds: () => TEXTS.map(bytesOf),
  mutate: (random, input) => {
    const text = mutateJson(random, input);
    return text === null ? null : bytesOf(text);
  },
};

/** Twin: ValueText() of native/fuzz/json_fuzz.cpp. */
function valueText(json: Json): string {
  switch (json.kind) {
    case 'string':
      return `"${hexOf(json.text)}"`;
    case 'boolean':
      return String(json.value);
    case 'null':
      return 'other';
    case 'number':
      return numberText(json.text);
    case 'array':
      return `[${json.items.map((item) => `${valueText(item)},`).join('')}]`;
    case 'object': {
      const members = [...json.members].map(([name, value]) => `${hexOf(name)}:${valueText(value)},`);
      return members.length === 0 ? 'other' : `{${members.join('')}}`;
    }
  }
}

/** A number without fraction and exponent that fits into 32 bits; −0 is 0. */
function numberText(text: string): string {
  if (!/^-?[0-9]+$/.test(text)) return 'other';
  const value = BigInt(text);
  return value === BigInt.asIntN(32, value) ? value.toString() : 'other';
}
