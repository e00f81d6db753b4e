import { bytesFromName, isUtf8Name, nameFromBytes } from '../../../reference/text/name-bytes.js';

/**
 * Bytes in JSON: as text where they are printable ASCII, else in hexadecimal (spec/schemas/common).
 */
export type BytesJson = { readonly text: string } | { readonly hex: string };

/**
 * A name in JSON: a string where it is UTF-8, else its bytes in hexadecimal (spec/schemas/common).
 */
export type NameJson = string | { readonly hex: string };

const UTF8 = new TextEncoder();

/** The JSON form of a name. */
export function nameToJson(name: string): NameJson {
  return isUtf8Name(name) ? name : { hex: bytesToHex(bytesFromName(name)) };
}

/** The name that a JSON form stands for. The form has been checked against its schema. */
export function nameFromJson(json: NameJson): string {
  return typeof json === 'string' ? json : nameFromBytes(bytesFromHex(json.hex));
}

/** The JSON form of bytes. */
export function bytesToJson(bytes: Uint8Array): BytesJson {
  return bytes.every(isPrintable) ? { text: buffer(bytes).toString('latin1') } : { hex: bytesToHex(bytes) };
}

/** The bytes that a JSON form stands for. The form has been checked against its schema. */
export function bytesFromJson(json: BytesJson): Uint8Array {
  return 'text' in json ? UTF8.encode(json.text) : bytesFromHex(json.hex);
}

/** Lower-case hexadecimal, two digits a byte. */
export function bytesToHex(bytes: Uint8Array): string {
  return buffer(bytes).toString('hex');
}

/** The bytes of lower-case hexadecimal. */
export function bytesFromHex(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

function isPrintable(byte: number): boolean {
  return byte >= 0x20 && byte <= 0x7e;
}

function buffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
