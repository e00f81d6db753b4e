const UTF8 = new TextEncoder();

/** Bytes with the short name that stands for them in a case id. */
export interface NamedBytes {
  readonly label: string;
  readonly bytes: Uint8Array;
}

/**
 * The bytes of a budget or another value, as a case writes them: UTF-8 text, or bytes with a name.
 */
export type Text = string | NamedBytes;

/** The bytes of a text. */
export function bytesOf(text: Text): Uint8Array {
  return typeof text === 'string' ? UTF8.encode(text) : text.bytes;
}

/** `unit` `count` times, then `rest`: `repeat('0', 400, '42')` is the id text `"0"*400+"42"`. */
export function repeat(unit: string, count: number, rest = ''): NamedBytes {
  const tail = rest === '' ? '' : `+${quote(rest)}`;
  return { label: `${quote(unit)}*${count}${tail}`, bytes: UTF8.encode(unit.repeat(count) + rest) };
}

/** Text with a label of its own, for what is too long to stand in an id. */
export function named(label: string, text: string): NamedBytes {
  return { label, bytes: UTF8.encode(text) };
}

/** Bytes in hexadecimal, for what is not UTF-8: `hex('35ff')`. */
export function hex(digits: string): NamedBytes {
  const pairs = digits.match(/../g) ?? [];
  return { label: `0x${digits}`, bytes: Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16)) };
}

/** How a text stands in a case id: printable ASCII only, so that an id can be typed and pasted. */
export function labelOf(text: Text): string {
  return typeof text === 'string' ? quote(text) : text.label;
}

function quote(text: string): string {
  const escaped = text.replace(/[^\x21\x23-\x5b\x5d-\x7e]/gu, escapeCharacter);
  return `"${escaped}"`;
}

function escapeCharacter(character: string): string {
  if (character === ' ') return ' ';
  if (character === '"' || character === '\\') return `\\${character}`;
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
