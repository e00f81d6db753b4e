import { splitAnswers } from '../../protocol/answer-records.js';
import type { RunSequence } from '../../process/run-sequence.js';
import type { Subject } from '../../subjects/subject.js';

/** Runs sequences on a subject afresh, or in this process where it has no processes to start. */
export function sequenceOf(subject: Subject): RunSequence | null {
  if (subject.sequence !== undefined) return subject.sequence;
  if (subject.kind !== 'in-process') return null;
  const { run, decide } = subject;
  return (cases) => {
    const answers = cases.flatMap(({ depth, record }) => {
      const answer = depth === 'program' ? run(record) : decide?.(record);
      return splitAnswers(depth, answer?.slice() ?? new Uint8Array(0));
    });
    return Promise.resolve({ answers, breakage: null });
  };
}
