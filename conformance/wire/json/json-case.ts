import type { Policy } from '../../../reference/index.js';
import type { ClauseId } from '../../../reference/outcome/clause-id.js';
import type { Case, CaseKind } from '../../model/case.js';
import { requestFromJson, requestToJson, type RequestJson } from './json-request.js';

/** A case in JSON (spec/schemas/case.schema.json); what its author expects is not part of it. */
export interface CaseJson {
  readonly id: string;
  readonly title: string;
  readonly clauses: readonly ClauseId[];
  readonly kind: CaseKind;
  readonly policy?: Policy;
  readonly isolated?: boolean;
  readonly request: RequestJson;
}

/** The JSON form of a case. */
export function caseToJson({ id, title, clauses, kind, policy, isolated, request }: Case): CaseJson {
  const chosen = chosenOf({ policy, isolated });
  return { id, title, clauses, kind, ...chosen, request: requestToJson(request) };
}

/** The case that a JSON form stands for. See `programFromJson` for `readFile`. */
export function caseFromJson(json: CaseJson, readFile: (path: string) => Uint8Array): Case {
  const { id, title, clauses, kind, policy, isolated } = json;
  const chosen = chosenOf({ policy, isolated });
  const request = requestFromJson(json.request, readFile);
  return { id, title, clauses, kind, ...chosen, request, expectation: null };
}

/** What may be left out of a case. */
function chosenOf({
  policy,
  isolated,
}: {
  readonly policy: Policy | undefined;
  readonly isolated: boolean | undefined;
}): Pick<CaseJson, 'policy' | 'isolated'> {
  return {
    ...(policy === undefined ? {} : { policy }),
    ...(isolated === undefined ? {} : { isolated }),
  };
}
