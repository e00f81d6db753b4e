import type { CaseSequence } from '../../model/case-sequence.js';
import { bytesFromHex, bytesToHex } from './json-bytes.js';
import { caseFromJson, type CaseJson, caseToJson } from './json-case.js';

/** Cases one after another in JSON (spec/schemas/sequence.schema.json). */
export type SequenceJson = readonly {
  readonly case: CaseJson;
  /** Once where it is left out. */
  readonly times?: number;
  /** In hexadecimal; left out at program depth. */
  readonly decision?: string;
}[];

/** The JSON form of a sequence. */
export function sequenceToJson(sequence: CaseSequence): SequenceJson {
  return sequence.map((entry) => ({
    case: caseToJson(entry.case),
    ...(entry.times === 1 ? {} : { times: entry.times }),
    ...(entry.decision === null ? {} : { decision: bytesToHex(entry.decision) }),
  }));
}

/** The sequence that a JSON form stands for. See `programFromJson` for `readFile`. */
export function sequenceFromJson(json: SequenceJson, readFile: (path: string) => Uint8Array): CaseSequence {
  return json.map(({ case: one, times = 1, decision }) => ({
    case: caseFromJson(one, readFile),
    times,
    decision: decision === undefined ? null : bytesFromHex(decision),
  }));
}
