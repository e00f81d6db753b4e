import type { LoadRequest } from '../request/load-request.js';
import type { ByteRange } from '../source/byte-range.js';
import type { ByteSource } from '../source/byte-source.js';
import { HEADER_AT } from './extended-header.js';
import { PROGRAM_LAYOUT } from './flatbuffer-layout.js';
import * as fb from './generated/executorch-flatbuffer.js';
import { GuardedBuffer } from './guarded-buffer.js';
import { guarded } from './guarded.js';
import { PROGRAM_IDENTIFIER, SCHEMA_VERSION } from './layout.js';
import { ProgramBytes } from './program-bytes.js';
import { programFault, unreadable, type ProgramFault, type Readable } from './program-fault.js';
import type { ReadingWork } from './reading-work.js';
import { readSegment, type SegmentedProgram } from './read-segment.js';
import { SLOTS } from './slots.js';
import type { Surroundings } from './surroundings.js';
import { validateValues } from './validate-values.js';
import { verifyFlatbuffer } from './verify-flatbuffer.js';

const IDENTIFIER = new TextEncoder().encode(PROGRAM_IDENTIFIER);

/** A program file whose root can be read. */
export interface OpenProgram extends SegmentedProgram {
  readonly buffer: GuardedBuffer;
  /** Bytes of the constants; null when they have no segment. */
  readonly constants: ByteRange | null;
  /** The operators that the host has kernels for, by their full names. */
  readonly kernels: ReadonlySet<string>;
}

/** How much ExecuTorch verifies when it loads a program. */
export type Verification = LoadRequest['verification'];

/** What `Program::load` of ExecuTorch 1.5.1 does with a file, in its order. */
export function openProgram(
  given: Uint8Array | ByteSource,
  verification: Verification,
  surroundings: Surroundings,
  kernels: ReadonlySet<string>,
  work?: ReadingWork,
): Readable<OpenProgram> {
  const read = ProgramBytes.open(given, surroundings);
  if (!read.ok) return read;
  const { program: file, header } = read.value;
  const flatbuffer = header === null ? file.head : file.head.subarray(0, Number(header.programSize));
  work?.allow(file.head.length);
  const buffer = new GuardedBuffer(file, surroundings, work);
  const fault = identifierFault(flatbuffer) ?? structureFault(flatbuffer, buffer, verification);
  if (fault !== null) return { ok: false, fault };

  return guarded(() => {
    const root = fb.Program.getRootAsProgram(buffer);
    if (verification === 'internal-consistency') {
      const invalid = validateValues(buffer, root);
      if (invalid !== null) return { ok: false, fault: invalid };
    }
    if (root.version() > SCHEMA_VERSION) {
      return unreadable('unknown-version', `schema version ${root.version()} is unknown`);
    }
    return openData({ file, header, buffer, root, constants: null, kernels });
  });
}

function identifierFault(flatbuffer: Uint8Array): ProgramFault | null {
  if (flatbuffer.length < HEADER_AT) {
    return programFault('bad-header', `the header promises a program of only ${flatbuffer.length} bytes`);
  }
  if (IDENTIFIER.every((byte, n) => flatbuffer[4 + n] === byte)) return null;
  const found = JSON.stringify(String.fromCharCode(...flatbuffer.subarray(4, HEADER_AT)));
  return programFault(
    'wrong-identifier',
    `the identifier is ${found}, not "${PROGRAM_IDENTIFIER}": this is no ExecuTorch program of a known format`,
  );
}

function structureFault(
  flatbuffer: Uint8Array,
  buffer: GuardedBuffer,
  verification: Verification,
): ProgramFault | null {
  if (verification === 'internal-consistency') {
    return verifyFlatbuffer(flatbuffer, PROGRAM_LAYOUT)
      ? null
      : programFault('inconsistent', 'an offset or size leads out of the program: it is cut off or damaged');
  }
  const root = buffer.readUint32(0);
  return root >= HEADER_AT && root <= flatbuffer.length - 4
    ? null
    : programFault('inconsistent', `the root table at ${root} is outside of the program`);
}

/** The parts of `Program::load` that look at named data and constants. */
function openData(program: OpenProgram): Readable<OpenProgram> {
  const { buffer, root } = program;
  if (buffer.has(root, SLOTS.Program.namedData) && !buffer.has(root, SLOTS.Program.segments)) {
    return unreadable('no-segments', 'there is named data, but no segment that could hold it');
  }
  const constants = root.constantSegment();
  const count = constants?.offsetsLength() ?? 0;
  if (constants === null || count === 0) {
    return unreadable(
      'missing-field',
      'there is no constant_segment: the format is older than ExecuTorch 0.7',
    );
  }
  // The first offset is a placeholder.
  if (count === 1) return { ok: true, value: program };
  if (root.constantBufferLength() > 0) {
    return unreadable('bad-value', 'there are constants both in the program and in a segment');
  }
  if (!buffer.has(root, SLOTS.Program.segments)) {
    return unreadable('missing-field', 'there are constants, but no segment that could hold them');
  }
  const index = constants.segmentIndex();
  if (index >= root.segmentsLength()) {
    return unreadable('bad-index', `the constants are said to be in segment ${index}, which does not exist`);
  }
  const segment = readSegment(program, index, 'wraps');
  return segment.ok ? { ok: true, value: { ...program, constants: segment.value } } : segment;
}
