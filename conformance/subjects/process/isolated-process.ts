import { decodeOutcomes } from '../../protocol/decode-outcome.js';
import type { IsolatedEnd, RunIsolated } from '../isolated/isolated-end.js';
import { SubjectError } from '../subject-error.js';
import { CaseBatch } from './case-batch.js';
import { runAfresh } from './run-afresh.js';
import type { ProcessSettings } from './subject-process.js';

/**
 * Runs requests on a subject each in a fresh process, so that one that ends it is told of that request and of no other.
 *
 * The call rejects with SubjectError when such a process does not even start, or speaks otherwise than the protocol allows.
 */
export function isolatedProcess(settings: ProcessSettings): RunIsolated {
  return async (request): Promise<IsolatedEnd> => {
    const { answers, breakage } = await runAfresh(settings, CaseBatch.of('program', request));
    if (breakage?.kind === 'timed-out') return { kind: 'timed-out', milliseconds: settings.limits.case };
    if (breakage?.kind === 'crashed') {
      return { kind: 'crashed', signal: breakage.signal ?? `exit code ${breakage.exitCode ?? 'none'}` };
    }
    if (breakage !== null) throw broken(`broke the protocol: ${breakage.message}`);
    const [outcome] = decodeOutcomes(answers);
    if (outcome === undefined) throw broken('answered with nothing');
    return { kind: 'answered', outcome };
  };
}

function broken(what: string): SubjectError {
  return new SubjectError('broken', `The subject, in a process of its own, ${what}.`);
}
