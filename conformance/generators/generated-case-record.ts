import { createHash } from 'node:crypto';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Case } from '../model/case.js';
import { caseRequest } from './case-request.js';
import type { GeneratedCase } from './generated-case.js';
import { requestToJson } from '../wire/json/json-request.js';

const DIGITS = 12;

/**
 * A generated case as any other: its id comes from what it holds. `clauses` are those that it was
 * found to break.
 */
export function generatedCaseRecord(generated: GeneratedCase, clauses: readonly ClauseId[]): Case {
  const request = caseRequest(generated);
  const content = createHash('sha256')
    .update(JSON.stringify(requestToJson(request)))
    .digest('hex');
  return {
    id: `generated/${content.slice(0, DIGITS)}`,
    clauses,
    kind: 'generated',
    title: engineCount(generated.engines.length),
    request,
    expectation: null,
  };
}

function engineCount(count: number): string {
  return count === 1 ? 'generated, one engine' : `generated, ${count} engines`;
}
