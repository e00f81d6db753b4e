import type { Incident } from '../model/incident.js';
import type { Depth } from '../model/depth.js';
import { splitAnswers } from '../protocol/answer-records.js';

/** What came of one case: its answer as a record, or why there is none. */
export type Answer = Uint8Array | Incident;

/** What came of a batch: all answers, one behind the other, or case by case where one has none. */
export type Answers =
  | { readonly kind: 'all'; readonly bytes: Uint8Array }
  | { readonly kind: 'each'; readonly answers: readonly Answer[] };

/** Answers case by case. */
export function answerList(answers: Answers, depth: Depth): readonly Answer[] {
  return answers.kind === 'each' ? answers.answers : splitAnswers(depth, answers.bytes);
}
