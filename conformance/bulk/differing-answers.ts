import { answerEnds } from '../protocol/answer-records.js';
import type { Capabilities } from '../protocol/capabilities.js';
import type { Answers } from '../process/answers.js';
import type { Answer } from '../process/answers.js';
import { maskAnswer, maskAnswers } from '../process/mask-answer.js';
import type { BulkMismatch } from './bulk-job.js';
import type { Depth } from '../model/depth.js';

/**
 * A case whose answer is not the one that is wanted, both less what the subject does not tell;
 * undefined where there is none.
 */
export interface DifferingAnswer {
  readonly index: number;
  readonly wanted: Uint8Array;
  readonly answer: Answer | undefined;
}

/** An answer as what was observed, in memory of its own; empty where there is none. */
export function observedOf(answer: Answer | undefined): Pick<BulkMismatch, 'observed'> {
  return answer instanceof Uint8Array ? { observed: answer.slice() } : {};
}

/**
 * The cases of a batch whose answers are not the expected ones. What the subject does not tell is
 * put out of `expected` in place; a case in which nothing differs costs no memory.
 */
export function differingAnswers(
  depth: Depth,
  expected: Uint8Array,
  answers: Answers,
  tells: Capabilities,
): DifferingAnswer[] {
  maskAnswers(depth, expected, tells);
  if (answers.kind === 'all' && Buffer.compare(expected, answers.bytes) === 0) return [];
  const wanted = bufferOf(expected);
  const answerAt = answers.kind === 'all' ? recordReader(depth, answers.bytes) : null;
  const found: DifferingAnswer[] = [];
  let from = 0;
  for (const [index, end] of (answerEnds(depth, expected) ?? []).entries()) {
    const isSame = answerAt?.isSame(index, wanted, from, end) === true;
    if (!isSame) {
      const given = answers.kind === 'each' ? answers.answers[index] : answerAt?.read(index);
      const answer = given instanceof Uint8Array ? maskAnswer(depth, given, tells) : given;
      const record = wanted.subarray(from, end);
      const isWanted = answer instanceof Uint8Array && Buffer.compare(record, answer) === 0;
      if (!isWanted) found.push({ index, wanted: record, answer });
    }
    from = end;
  }
  return found;
}

/** Answers in one run of bytes, by their places. */
interface RecordReader {
  /** Whether an answer is the same as `wanted[from, end)`. */
  readonly isSame: (index: number, wanted: Buffer, from: number, end: number) => boolean;
  /** Undefined where there is none. */
  readonly read: (index: number) => Uint8Array | undefined;
}

function recordReader(depth: Depth, bytes: Uint8Array): RecordReader {
  const given = bufferOf(bytes);
  const ends = answerEnds(depth, bytes) ?? [];
  const startOf = (index: number): number => (index === 0 ? 0 : (ends[index - 1] ?? given.length));
  return {
    isSame: (index, wanted, from, end) =>
      wanted.compare(given, startOf(index), ends[index] ?? given.length, from, end) === 0,
    read: (index) => (index < ends.length ? given.subarray(startOf(index), ends[index]) : undefined),
  };
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
