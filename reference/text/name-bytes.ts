const encoder = new TextEncoder();

const FIRST_ESCAPE = 0xdc00;
const FIRST_SURROGATE = 0xd800;
const LAST_SURROGATE = 0xdfff;
const MAX_CODE_POINT = 0x10ffff;
/** The smallest code point that UTF-8 writes in so many bytes; shorter forms are no UTF-8. */
const SMALLEST = [0, 0, 0x80, 0x800, 0x10000];
/** A surrogate without its other half, which the flag `u` takes for a character of its own. */
const LONE_SURROGATE = /[\ud800-\udfff]/u;
const ESCAPE = /[\udc80-\udcff]/u;

/**
 * The name that bytes of a program are: a method's, a backend's, a key's. The runtime compares such
 * names byte by byte, so two names are equal exactly when their bytes are. What is UTF-8 reads as
 * such, a byte order mark included; any other byte becomes the lone surrogate U+DC00 plus the byte,
 * as Python's `surrogateescape` has it (PEP 383).
 */
export function nameFromBytes(bytes: Uint8Array): string {
  let name = '';
  for (let at = 0; at < bytes.length;) {
    const byte = Number(bytes[at]);
    // Names are ASCII nearly always.
    if (byte < 0x80) {
      name += String.fromCharCode(byte);
      at++;
      continue;
    }
    const size = sequenceSize(byte);
    const code = codePoint(bytes, at, size);
    name += code === null ? String.fromCharCode(FIRST_ESCAPE + byte) : String.fromCodePoint(code);
    at += code === null ? 1 : size;
  }
  return name;
}

/** The bytes of a name: {@link nameFromBytes} the other way round. */
export function bytesFromName(name: string): Uint8Array {
  if (!ESCAPE.test(name)) return encoder.encode(name);
  return Uint8Array.from(
    Array.from(name).flatMap((character) =>
      ESCAPE.test(character) ? [character.charCodeAt(0) - FIRST_ESCAPE] : [...encoder.encode(character)],
    ),
  );
}

/** Whether the bytes of a name are UTF-8, so that JSON can hold it as a string. */
export function isUtf8Name(name: string): boolean {
  return !LONE_SURROGATE.test(name);
}

/** How many bytes a character takes whose first byte is this one; 0 when none starts so. */
function sequenceSize(first: number): number {
  if (first < 0xc2 || first > 0xf4) return 0;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

/** The character of `size` bytes at an offset; null when these bytes are none. */
function codePoint(bytes: Uint8Array, at: number, size: number): number | null {
  if (size === 0 || at + size > bytes.length) return null;
  let code = Number(bytes[at]) & (0x7f >> size);
  for (let n = 1; n < size; n++) {
    const byte = Number(bytes[at + n]);
    if ((byte & 0xc0) !== 0x80) return null;
    code = (code << 6) | (byte & 0x3f);
  }
  const surrogate = code >= FIRST_SURROGATE && code <= LAST_SURROGATE;
  return code < Number(SMALLEST[size]) || code > MAX_CODE_POINT || surrogate ? null : code;
}
