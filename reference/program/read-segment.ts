import { ByteRange } from '../source/byte-range.js';
import * as fb from './generated/executorch-flatbuffer.js';
import type { ExtendedHeader } from './extended-header.js';
import type { ProgramBytes } from './program-bytes.js';
import { unreadable, type Readable } from './program-fault.js';

const MAX_UINT64 = 2n ** 64n - 1n;

/** The parts of an open program that its segments are read from. */
export interface SegmentedProgram {
  readonly file: ProgramBytes;
  readonly header: ExtendedHeader | null;
  readonly root: fb.Program;
}

/**
 * The bytes of a segment that exists, not read. `overflow` says what the runtime does when base
 * and offset add up to more than 64 bits: it checks for a delegate's segment, and lets the sum wrap
 * for the constants.
 */
export function readSegment(
  program: SegmentedProgram,
  index: number,
  overflow: 'checked' | 'wraps',
): Readable<ByteRange> {
  const base = program.header?.segmentBase ?? 0n;
  const segment = new fb.DataSegment();
  program.root.segments(index, segment);
  const offset = segment.offset();
  const size = segment.size();
  if (overflow === 'checked' && base + offset > MAX_UINT64) {
    return unreadable('offset-overflow', `segment ${index} starts beyond 64 bits`);
  }
  const start = BigInt.asUintN(64, base + offset);
  if (start + size > BigInt(program.file.size)) {
    return unreadable(
      'segment-out-of-file',
      `segment ${index} ends at ${(start + size).toString()}, but the file has ${program.file.size} bytes`,
    );
  }
  return { ok: true, value: new ByteRange(program.file, Number(start), Number(size)) };
}
