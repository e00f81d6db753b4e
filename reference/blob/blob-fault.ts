import type { ClauseId } from '../outcome/clause-id.js';

/** The clause that each fault of an engine blob breaks. */
const CLAUSES = {
  'too-short': 'WSB-BLOB-02',
  'unknown-magic': 'WSB-BLOB-01',
  'metadata-offset': 'WSB-BLOB-02',
  'metadata-out-of-bounds': 'WSB-BLOB-02',
  'engine-out-of-bounds': 'WSB-BLOB-02',
  'size-wraps': 'WSB-BLOB-03',
  overlap: 'WSB-BLOB-02',
  'engine-alignment': 'WSB-BLOB-04',
  'not-json': 'WSB-BLOB-05',
  'bad-member': 'WSB-BLOB-05',
  'device-id': 'WSB-BLOB-06',
} as const satisfies Record<string, ClauseId>;

/** The stable code of a fault of an engine blob. */
export type BlobFaultCode = keyof typeof CLAUSES;

/** Why bytes are not an engine blob. A delegate answers each with InvalidProgram (WSB-FAIL-01). */
export interface BlobFault {
  readonly code: BlobFaultCode;
  readonly clause: ClauseId;
  /** What is wrong, and with what; a sentence without its full stop. */
  readonly message: string;
}

/** A fault with its clause. */
export function blobFault(code: BlobFaultCode, message: string): BlobFault {
  return { code, clause: CLAUSES[code], message };
}
