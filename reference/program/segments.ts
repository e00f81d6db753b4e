import { SEGMENT_ALIGNMENT } from './layout.js';

/** A segment and its offset in bytes from the segment base. */
export interface Segment {
  readonly offset: number;
  readonly data: Uint8Array;
}

const NO_CONSTANTS: Segment = { offset: 0, data: new Uint8Array(0) };

/** Lays segments out one behind the other, the empty segment of the constants first. */
export function placeSegments(contents: readonly Uint8Array[]): readonly Segment[] {
  const segments = [NO_CONSTANTS];
  let offset = 0;
  for (const data of contents) {
    segments.push({ offset, data });
    offset = Math.ceil((offset + data.length) / SEGMENT_ALIGNMENT) * SEGMENT_ALIGNMENT;
  }
  return segments;
}
