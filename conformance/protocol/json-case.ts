import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Case, CaseKind } from '../cases/case.js';
import { requestFromJson, requestToJson, type RequestJson } from './json-request.js';

/** A case in JSON (spec/schemas/case.schema.json); what its author expects is no part of it. */
export interface CaseJson {
  readonly id: string;
  readonly title: string;
  readonly clauses: readonly ClauseId[];
  readonly kind: CaseKind;
  readonly request: RequestJson;
}

/** The JSON form of a case. */
export function caseToJson({ id, title, clauses, kind, request }: Case): CaseJson {
  return { id, title, clauses, kind, request: requestToJson(request) };
}

/** The case that a JSON form stands for. See `programFromJson` for `readFile`. */
export function caseFromJson(json: CaseJson, readFile: (path: string) => Uint8Array): Case {
  const { id, title, clauses, kind } = json;
  return { id, title, clauses, kind, request: requestFromJson(json.request, readFile), expectation: null };
}
