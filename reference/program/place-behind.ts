import * as fb from './generated/executorch-flatbuffer.js';
import { HEADER_AT } from './extended-header.js';
import type { FlatbufferTail } from './flatbuffer-tail.js';
import type { OpenProgram } from './open-program.js';
import { UnpatchableError } from './unpatchable-error.js';

/** Where what stands behind a flatbuffer goes; bytes of the file. */
export interface PlacedBehind {
  /** Where it began. */
  readonly keptFrom: number;
  /** Where it begins now. */
  readonly keptAt: number;
  /** Bytes of the whole file. */
  readonly size: number;
}

/** Where the extended header has the size of the flatbuffer, and where the segments begin. */
const PROGRAM_SIZE_AT = HEADER_AT + 8;
const SEGMENT_BASE_AT = HEADER_AT + 16;
/**
 * Segments are moved by a multiple of a page, and of more where they begin at a multiple of more.
 */
const LEAST_STEP = 4096;
const LARGEST_STEP = 2 ** 21;
/** Left between flatbuffer and segments, so that nothing moves the next time. */
const ROOM = 1024;

/**
 * Finds the place of what stands behind a flatbuffer that has grown, and tells the extended header.
 *
 * @throws UnpatchableError where segments lie elsewhere than behind the flatbuffer
 */
export function placeBehind(program: OpenProgram, tail: FlatbufferTail): PlacedBehind {
  const { header, file } = program;
  if (header === null) {
    const size = tail.bytes.length;
    return { keptFrom: file.size, keptAt: size, size };
  }
  const oldSize = Number(header.programSize);
  const newSize = tail.bytes.length;
  const hasSegments = header.segmentBase > 0n;
  const keptFrom = hasSegments ? Number(header.segmentBase) : oldSize;
  if (hasSegments) refuseOutside(program, oldSize);
  const moved = hasSegments ? shift(newSize, keptFrom) : newSize - oldSize;
  tail.putUint64(PROGRAM_SIZE_AT, BigInt(newSize));
  if (hasSegments) tail.putUint64(SEGMENT_BASE_AT, BigInt(keptFrom + moved));
  return { keptFrom, keptAt: keptFrom + moved, size: file.size + moved };
}

/** How far segments have to move for a flatbuffer of that size; bytes. */
function shift(flatbuffer: number, base: number): number {
  if (flatbuffer <= base) return 0;
  let step = LEAST_STEP;
  while (step < LARGEST_STEP && base % (step * 2) === 0) step *= 2;
  return Math.ceil((flatbuffer + ROOM - base) / step) * step;
}

/**
 * A segment that is not behind the flatbuffer, or not in the file, would not move with the others.
 */
function refuseOutside({ root, header, file }: OpenProgram, flatbuffer: number): void {
  const base = header?.segmentBase ?? 0n;
  if (base < BigInt(flatbuffer) || base > BigInt(file.size)) {
    throw new UnpatchableError('its segments do not begin between its flatbuffer and its end');
  }
  const room = BigInt(file.size) - base;
  const segment = new fb.DataSegment();
  for (let n = 0; n < root.segmentsLength(); n++) {
    if (root.segments(n, segment) === null) continue;
    if (segment.offset() + segment.size() > room) {
      throw new UnpatchableError(`segment ${n} of it is not in the file`);
    }
  }
}
