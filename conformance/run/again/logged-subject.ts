import { CaseBatch } from '../../protocol/case-batch.js';
import type { Subject } from '../../subjects/subject.js';
import type { CaseLog } from './case-log.js';

/** The same subject, of which every case that it is sent is noted. */
export function loggedSubject(subject: Subject, log: CaseLog): Subject {
  if (subject.kind === 'out-of-process') {
    return {
      ...subject,
      answer: (batch, options = {}) => {
        log.note(options.worker ?? 0, batch);
        return subject.answer(batch, options);
      },
    };
  }
  const { run, decide } = subject;
  return {
    ...subject,
    run: (requests) => {
      log.note(0, CaseBatch.of('program', requests));
      return run(requests);
    },
    decide:
      decide === null
        ? null
        : (records) => {
            log.note(0, CaseBatch.of('decision', records));
            return decide(records);
          },
  };
}
