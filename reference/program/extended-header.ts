import { programFault, unreadable, type ProgramFault, type Readable } from './program-fault.js';

/** The header that tells where segments are. All numbers are bytes. */
export interface ExtendedHeader {
  /** Length of the header as it says itself. */
  readonly length: number;
  /** Size of the flatbuffer at the start of the file. */
  readonly programSize: bigint;
  /** Where segment offsets count from; 0 when there are no segments. */
  readonly segmentBase: bigint;
  /** Bytes of all segments; 0 when the header is too short to say so. */
  readonly segmentDataSize: bigint;
}

/** Bytes that a program file has at least: the runtime reads so many to look for the header. */
export const HEAD_BYTES = 64;

/** Where the header starts: behind the root offset and the identifier. */
export const HEADER_AT = 8;

/** Bytes of the header that this version writes. */
export const HEADER_BYTES = 32;

/** `eh00` */
export const HEADER_MAGIC: readonly number[] = [0x65, 0x68, 0x30, 0x30];

/** The shortest header: one without the size of the segment data. */
const SHORTEST_HEADER = 24;

/**
 * Reads the extended header (WSB-PROG-01); null when the file has none, its magic being absent.
 *
 * @param bytes - the first {@link HEAD_BYTES} of the file, or all where it has fewer
 * @param fileSize - bytes of the file
 */
export function readExtendedHeader(bytes: Uint8Array, fileSize: number): Readable<ExtendedHeader | null> {
  if (fileSize < HEAD_BYTES) {
    return unreadable('too-short', `the file has ${fileSize} bytes; a program has at least ${HEAD_BYTES}`);
  }
  if (!HEADER_MAGIC.every((byte, n) => bytes[HEADER_AT + n] === byte)) return { ok: true, value: null };

  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(12, true);
  if (length < SHORTEST_HEADER) {
    return unreadable(
      'bad-header',
      `the extended header has ${length} bytes; it has at least ${SHORTEST_HEADER}`,
    );
  }
  const header: ExtendedHeader = {
    length,
    programSize: view.getBigUint64(16, true),
    segmentBase: view.getBigUint64(24, true),
    segmentDataSize: length >= HEADER_BYTES ? view.getBigUint64(32, true) : 0n,
  };
  const fault = sizeFault(header, BigInt(fileSize));
  return fault === null ? { ok: true, value: header } : { ok: false, fault };
}

/** What is wrong between the header and the size of the file (WSB-PROG-02, WSB-PROG-13). */
function sizeFault(header: ExtendedHeader, fileSize: bigint): ProgramFault | null {
  const { programSize, segmentBase, segmentDataSize } = header;
  // Older exporters leave the size of the segment data out; then the end of the file cannot be
  // checked here.
  if (segmentDataSize > 0n || segmentBase === 0n) {
    const expected = segmentBase === 0n ? programSize : segmentBase + segmentDataSize;
    if (expected > fileSize) {
      return programFault(
        'truncated',
        `the header promises ${expected.toString()} bytes, but the file has ${fileSize.toString()}`,
      );
    }
  }
  return programSize > fileSize
    ? programFault(
        'out-of-file',
        `the header promises a program of ${programSize.toString()} bytes, but the file has ${fileSize.toString()}`,
      )
    : null;
}
