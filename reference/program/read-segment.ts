import * as fb from './generated/executorch-flatbuffer.js';
import type { ExtendedHeader } from './extended-header.js';
import { unreadable, type Readable } from './program-fault.js';

const MAX_UINT64 = 2n ** 64n - 1n;

/** The parts of an open program that its segments are read from. */
export interface SegmentedProgram {
  readonly bytes: Uint8Array;
  readonly header: ExtendedHeader | null;
  readonly root: fb.Program;
}

/**
 * The bytes of a segment that exists, not copied. `overflow` says what the runtime does when base
 * and offset add up to more than 64 bits: it checks for a delegate's segment, and lets the sum wrap
 * for the constants.
 */
export function readSegment(
  program: SegmentedProgram,
  index: number,
  overflow: 'checked' | 'wraps',
): Readable<Uint8Array> {
  const base = program.header?.segmentBase ?? 0n;
  const segment = new fb.DataSegment();
  program.root.segments(index, segment);
  const offset = segment.offset();
  const size = segment.size();
  if (overflow === 'checked' && base + offset > MAX_UINT64) {
    return unreadable('offset-overflow', `segment ${index} starts beyond 64 bits`);
  }
  const start = BigInt.asUintN(64, base + offset);
  if (start + size > BigInt(program.bytes.length)) {
    return unreadable(
      'segment-out-of-file',
      `segment ${index} ends at ${(start + size).toString()}, but the file has ${program.bytes.length} bytes`,
    );
  }
  return { ok: true, value: program.bytes.subarray(Number(start), Number(start + size)) };
}
