import { runReference, STANDARD_RULES, STOCK_HOST, type Outcome } from '../../../reference/index.js';
import { AREAS } from '../../cases/all-cases.js';
import { buildRequest } from '../../model/build-request.js';
import type { RequestSpec } from '../../model/request-spec.js';
import type { ToldReport } from '../told-report.js';

/** An engine that got an explicit budget: how much of it can be streamed, and what was applied. */
export interface BudgetPoint {
  readonly streamable: number;
  readonly applied: number;
  readonly kind: 'as it should' | 'should be otherwise';
  readonly case: string;
}

/**
 * What was applied to the engines of a report: of written cases that passed what the reference
 * says, which is what was observed; of findings what their smallest case showed.
 */
export function budgetPoints({ cases, findings }: ToldReport): readonly BudgetPoint[] {
  const passed = new Set(cases.filter(({ verdict }) => verdict === 'pass').map((one) => one.case.id));
  const well = BUDGET_CASES.filter(({ id, isolated, request }) => {
    return passed.has(id) && isolated !== true && request.program.kind === 'methods';
  }).flatMap(({ id, request }) =>
    pointsOf(id, request, runReference(buildRequest(request), REFERENCE), 'as it should'),
  );
  const wrong = findings.flatMap(({ finding }) =>
    pointsOf(finding.case.id, finding.case.request, finding.observed, 'should be otherwise'),
  );
  return unique([...well, ...wrong]);
}

/** The areas whose cases are about the budget alone; the reference is quick with them. */
const BUDGET_CASES = ['precedence', 'application'].flatMap((area) => AREAS[area] ?? []);

/** Explicit budgets depend on no policy, and on no host. */
const REFERENCE = { recordedPlan: () => null, rules: STANDARD_RULES, host: STOCK_HOST };

function pointsOf(
  id: string,
  request: RequestSpec,
  { engines }: Outcome,
  kind: BudgetPoint['kind'],
): readonly BudgetPoint[] {
  const streamable = streamableOf(request);
  if (streamable === null) return [];
  return engines.flatMap(({ source, applied }) =>
    applied === null || source === 'automatic' || source === null
      ? []
      : [{ streamable: Number(streamable), applied: Number(applied), kind, case: id }],
  );
}

/** What every engine of a program can stream; null where they differ, or it is not known. */
function streamableOf({ program }: RequestSpec): bigint | null {
  if (program.kind !== 'methods') return null;
  const sizes = program.methods.flatMap(({ delegates }) =>
    delegates.map(({ data }) =>
      data.kind === 'blob' && data.engine.kind === 'plan' ? data.engine.plan.streamable : null,
    ),
  );
  const [first = null, ...others] = sizes;
  return others.every((size) => size === first) ? first : null;
}

function unique(points: readonly BudgetPoint[]): readonly BudgetPoint[] {
  const seen = new Map(
    points.map((point) => [`${point.streamable} ${point.applied} ${point.kind}`, point] as const),
  );
  return [...seen.values()];
}
