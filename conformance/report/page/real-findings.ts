import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  runReference,
  STANDARD_RULES,
  STOCK_HOST,
  WRONG_RULES,
  type Outcome,
  type Rules,
} from '../../../reference/index.js';
import { AREAS } from '../../cases/all-cases.js';
import { buildRequest } from '../../model/build-request.js';
import type { Case } from '../../model/case.js';
import { differences } from '../../model/differences.js';
import type { ToldFinding } from '../told-report.js';

/**
 * Findings for tests, as many as asked for: written cases on which a wrong rule of the catalogue
 * and the specification differ, each with what both of them do. More than any run has, since a run
 * tells each fault once.
 */
export function realFindings(count: number): readonly ToldFinding[] {
  const found: ToldFinding[] = [];
  const plain = ['parsing', 'options', 'precedence', 'application']
    .flatMap((area) => AREAS[area] ?? [])
    .filter(({ isolated, request }) => {
      return isolated !== true && request.program.kind === 'methods';
    });
  const expected = plain.map((one) => outcomeOf(one, STANDARD_RULES));
  for (const [name, rules] of Object.entries(WRONG_RULES)) {
    for (const [at, one] of plain.entries()) {
      if (found.length === count) return found;
      const right = expected[at];
      const observed = outcomeOf(one, rules);
      if (right === undefined || isDeepStrictEqual(right, observed)) continue;
      found.push(findingOf(name, one, right, observed));
    }
  }
  throw new Error(`The wrong rules give ${found.length} findings, and ${count} were asked for.`);
}

function findingOf(rule: string, one: Case, expected: Outcome, observed: Outcome): ToldFinding {
  const fingerprint = createHash('sha256').update(`${rule} ${one.id}`).digest('hex').slice(0, 16);
  return {
    finding: {
      ...{ fingerprint, verdict: 'fail', clause: one.clauses[0] ?? 'WSB-PARSE-01' },
      ...{ case: one, expected, observed, differences: differences(expected, observed) },
      occurrences: 1 + one.id.length,
    },
    replay: `npx trt-conformance run --subject reference:${rule} --case conformance-report/findings/${fingerprint}.json`,
  };
}

function outcomeOf({ request }: Case, rules: Rules): Outcome {
  return runReference(buildRequest(request), { recordedPlan: () => null, rules, host: STOCK_HOST });
}
