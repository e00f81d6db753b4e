const LONGEST = 60;

/** Bytes as a quoted text of printable ASCII, with others as `\xNN`; a long one is cut. */
export function quoteBytes(bytes: Uint8Array): string {
  const shown = [...bytes.subarray(0, LONGEST)].map(quoteByte).join('');
  return bytes.length > LONGEST ? `"${shown}…" (${bytes.length} bytes)` : `"${shown}"`;
}

function quoteByte(byte: number): string {
  if (byte < 0x20 || byte > 0x7e) return `\\x${byte.toString(16).padStart(2, '0')}`;
  const character = String.fromCharCode(byte);
  return character === '"' || character === '\\' ? `\\${character}` : character;
}
