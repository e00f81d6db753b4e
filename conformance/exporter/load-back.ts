import { readProgram } from '../../reference/index.js';
import { exportProgram } from '../../reference/exporter/export-program.js';
import type { ExportAnswer } from '../../reference/exporter/export-answer.js';
import type { ExportRequest } from '../../reference/exporter/export-request.js';
import type { Outcome } from '../../reference/outcome/outcome.js';
import type { LoadRequest, Step } from '../../reference/request/load-request.js';
import { NO_OUTCOME } from '../model/no-outcome.js';
import { answerList } from '../process/answers.js';
import { CaseBatch } from '../protocol/case-batch.js';
import type { OpenSubject } from '../subjects/open-subject.js';
import type { Subject } from '../subjects/subject.js';
import { decodeOutcome } from '../wire/decode-outcome.js';
import { encodedRequest } from '../wire/encode-request.js';
import type { LoadedBack } from './judge-export.js';

/** Bytes of the device that programs are loaded on. */
const PLENTY = 2n ** 40n;

/** A request that loads each method of a program, one after another. */
export function loadRequest(program: Uint8Array): LoadRequest {
  const read = readProgram(program);
  const names = read.ok ? read.program.methods.map(({ name }) => name) : [];
  return {
    program,
    verification: 'internal-consistency',
    device: { totalBytes: PLENTY, freeBytes: PLENTY, faults: [] },
    module: null,
    steps: names.flatMap((method): Step[] => [
      { op: 'load', method, options: null },
      { op: 'unload', method },
    ]),
  };
}

/**
 * Loads the program that an exporter wrote with a delegate, and tells what the reference's program
 * would come to; null where there is nothing to load.
 *
 * @throws SubjectError when the delegate cannot be started.
 */
export async function loadBack(
  { subject, oracle }: Pick<OpenSubject, 'subject' | 'oracle'>,
  request: ExportRequest,
  answer: ExportAnswer,
): Promise<LoadedBack | null> {
  const ours = exportProgram(request);
  if (answer.kind === 'refused' || answer.program === null) return null;
  if (ours.kind === 'refused' || ours.program === null) return null;
  const expected = oracle(loadRequest(ours.program));
  return { expected, observed: await loaded(subject, loadRequest(answer.program)) };
}

/** What comes of a load; nothing where it ends the process of the delegate. */
async function loaded(subject: Subject, request: LoadRequest): Promise<Outcome> {
  const record = encodedRequest(request);
  if (subject.kind === 'in-process') return decodeOutcome(subject.run(record).slice());
  const [given] = answerList(await subject.answer(CaseBatch.of('program', record)), 'program');
  return given instanceof Uint8Array ? decodeOutcome(given) : NO_OUTCOME;
}
