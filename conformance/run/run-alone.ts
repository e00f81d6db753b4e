import { UndefinedBehaviourError, UnmodelledProgramError } from '../../reference/index.js';
import type { AnyLoadRequest } from '../../reference/request/load-request.js';
import { quietIncident } from '../model/incident.js';
import type { Answer } from '../process/answers.js';
import { lackingCapability } from '../process/needed-capability.js';
import { CaseBatch } from '../protocol/case-batch.js';
import type { Subject } from '../subjects/subject.js';
import { encodedRequest } from '../wire/encode-request.js';

/**
 * What comes of one request that may end its process: in a process of its own where the subject has
 * a way to. One that has none is the reference, which says where an outcome is not defined.
 *
 * @throws SubjectError when the subject cannot be started.
 */
export async function runAlone(subject: Subject, request: AnyLoadRequest): Promise<Answer> {
  const usesRecorded = subject.kind === 'out-of-process' ? subject.usesRecorded : (): boolean => false;
  const lacking = lackingCapability(request, subject.capabilities, usesRecorded);
  if (lacking !== null) {
    return quietIncident('unsupported', `the subject does not have the capability ${lacking}`);
  }
  const record = encodedRequest(request);
  if (subject.perCaseProcess !== null) return subject.perCaseProcess(record);
  if (subject.kind === 'out-of-process') return subject.alone(CaseBatch.of('program', record));
  try {
    return subject.run(record).slice();
  } catch (error) {
    const isOpen = error instanceof UndefinedBehaviourError || error instanceof UnmodelledProgramError;
    if (isOpen) return quietIncident('inconclusive', 'it names no outcome either');
    throw error;
  }
}
