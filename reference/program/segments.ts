import { MemorySource, type ByteSource } from '../source/byte-source.js';
import { SEGMENT_ALIGNMENT } from './layout.js';
import type { DelegateData } from './placed-data.js';

/** A segment and its offset in bytes from the segment base. */
export interface Segment {
  readonly offset: number;
  readonly data: ByteSource;
}

const NO_CONSTANTS: Segment = { offset: 0, data: new MemorySource(new Uint8Array(0)) };

/** Whether segments lie in the file as they are numbered, or the other way round. */
export type SegmentOrder = 'in-order' | 'reversed';

/** Lays segments out one behind the other, the empty segment of the constants first. */
export function placeSegments(
  contents: readonly DelegateData[],
  order: SegmentOrder = 'in-order',
): readonly Segment[] {
  const placed = behindEachOther(order === 'reversed' ? [...contents].reverse() : contents);
  return [NO_CONSTANTS, ...(order === 'reversed' ? placed.reverse() : placed)];
}

function behindEachOther(contents: readonly DelegateData[]): Segment[] {
  const segments: Segment[] = [];
  let offset = 0;
  for (const content of contents) {
    const data = content instanceof Uint8Array ? new MemorySource(content) : content;
    segments.push({ offset, data });
    offset = Math.ceil((offset + data.size) / SEGMENT_ALIGNMENT) * SEGMENT_ALIGNMENT;
  }
  return segments;
}
