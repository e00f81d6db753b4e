import { Allowance } from '../process/allowance.js';
import type { CaseBatch } from '../protocol/case-batch.js';
import type { InProcessSubject, OutOfProcessSubject } from './subject.js';

/**
 * A subject in this process as one that answers batch by batch, so that each failure can be looked
 * at where it is counted.
 */
export function asOutOfProcess(subject: InProcessSubject): OutOfProcessSubject {
  const answered = ({ depth, bytes }: CaseBatch): Uint8Array => {
    const answers = depth === 'program' ? subject.run(bytes) : subject.decide?.(bytes);
    // The next call may use the memory again.
    return (answers ?? new Uint8Array(0)).slice();
  };
  return {
    ...subject,
    kind: 'out-of-process',
    usesRecorded: () => false,
    allowance: new Allowance(Infinity),
    answer: (batch) => Promise.resolve({ kind: 'all', bytes: answered(batch) }),
    alone: (batch) => Promise.resolve(answered(batch)),
  };
}
