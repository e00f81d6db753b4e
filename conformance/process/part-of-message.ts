/** Bytes that are shown. */
const SHOWN = 120;

/**
 * The beginning of a message that never came to its end, to be shown in a sentence: text of a line
 * as a JSON string, other bytes in hexadecimal; cut where it is long, with its length told.
 */
export function partOfMessage(bytes: Buffer): string {
  const shown = bytes.subarray(0, SHOWN);
  const isText = bytes[0] === 0x7b && shown.every((byte) => byte >= 0x20 && byte < 0x7f);
  const text = isText ? JSON.stringify(shown.toString('latin1')) : `the bytes ${shown.toString('hex')}`;
  return bytes.length > SHOWN ? `${text} and ${bytes.length - SHOWN} bytes more` : text;
}
