/**
 * The bytes before the first NUL, at most `limit` of them: what a C program takes for the string.
 */
export function cString(bytes: Uint8Array, limit: number): Uint8Array {
  const end = bytes.indexOf(0);
  return bytes.subarray(0, Math.min(end < 0 ? bytes.length : end, limit));
}

/** The text before the first NUL. */
export function cText(text: string): string {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}
