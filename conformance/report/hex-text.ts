import type { ShownBytes } from './bytes-that-matter.js';

/** Bytes that are shown at most, and of these before the first that is marked. */
const SHOWN = 32;
const BEFORE = 8;

/**
 * Bytes in hexadecimal on one line, those that are marked in brackets unless all are; of many,
 * those around.
 */
export function hexText({ bytes, at, size, mark }: Omit<ShownBytes, 'of' | 'title'>): string {
  if (bytes.length === 0) return 'none';
  const [from, to] = shownRange(bytes.length, mark === null ? null : [mark.from - at, mark.to - at]);
  const isAll = mark !== null && mark.from <= at && mark.to >= at + bytes.length;
  const shown = Array.from(bytes.subarray(from, to), (byte, index) => {
    const place = at + from + index;
    const digits = byte.toString(16).padStart(2, '0');
    const [opens, closes] = mark === null || isAll ? [] : [place === mark.from, place === mark.to - 1];
    return `${opens === true ? '[' : ''}${digits}${closes === true ? ']' : ''}`;
  });
  const before = at + from > 0 ? [`… from byte ${at + from}:`] : [];
  const all = [...before, ...shown, ...(at + to < size ? ['…'] : [])].join(' ');
  return shown.length < size ? `${all} (${size} bytes)` : all;
}

function shownRange(size: number, marked: readonly [number, number] | null): readonly [number, number] {
  if (size <= SHOWN || marked === null) return [0, Math.min(size, SHOWN)];
  const from = Math.max(0, marked[0] - BEFORE);
  return [from, Math.min(size, from + SHOWN)];
}
