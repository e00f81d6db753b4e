import { parseBudget } from '../rules/parse-budget.js';

/** Bytes that are shown whole. */
const LONGEST = 60;
/** Of a longer one: bytes at its start, on each side of the byte that matters, and at its end. */
const HEAD = 20;
const AROUND = 12;
const TAIL = 16;

/**
 * Bytes as a quoted text of printable ASCII, with others as `\xNN`. A long one is shown by its
 * start, its end and what is around the byte that matters, with its size and the place of that
 * byte: `at`, or else the first that is not as those before it.
 */
export function quoteBytes(bytes: Uint8Array, at: number | null = null): string {
  if (bytes.length <= LONGEST) return `"${textOf(bytes)}"`;
  const first = bytes[0];
  const matters = at ?? bytes.findIndex((byte) => byte !== first);
  if (matters < 0) return `"${textOf(bytes.subarray(0, HEAD))}…" (${bytes.length} bytes, all the same)`;
  const parts = joined(
    [
      [0, HEAD],
      [matters - AROUND, matters + AROUND + 1],
      [bytes.length - TAIL, bytes.length],
    ],
    bytes.length,
  );
  const shown = parts.map(([from, to]) => textOf(bytes.subarray(from, to))).join('…');
  const byte = bytes[matters];
  const told = byte === undefined ? '' : `, byte ${matters} is "${quoteByte(byte)}"`;
  return `"${shown}" (${bytes.length} bytes${told})`;
}

type Range = readonly [from: number, to: number];

/** Ranges within a size, in their order; those that meet are one. */
function joined(ranges: readonly Range[], size: number): readonly Range[] {
  const sorted = [...ranges].sort(([a], [b]) => a - b);
  return sorted.reduce<Range[]>((all, [from, to]) => {
    const last = all.at(-1);
    const end = Math.min(to, size);
    if (last === undefined || from > last[1]) return [...all, [from, end]];
    return [...all.slice(0, -1), [last[0], Math.max(last[1], end)]];
  }, []);
}

/** The bytes of a budget; of a malformed one, the byte that makes it so matters. */
export function quoteBudget(bytes: Uint8Array): string {
  const parsed = parseBudget(bytes);
  return quoteBytes(bytes, parsed.ok ? null : parsed.at);
}

function textOf(bytes: Uint8Array): string {
  return Array.from(bytes, quoteByte).join('');
}

function quoteByte(byte: number): string {
  if (byte < 0x20 || byte > 0x7e) return `\\x${byte.toString(16).padStart(2, '0')}`;
  const character = String.fromCharCode(byte);
  return character === '"' || character === '\\' ? `\\${character}` : character;
}
