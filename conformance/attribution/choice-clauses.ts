import type { ChoiceTrace } from '../../reference/index.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { BudgetSource } from '../../reference/outcome/outcome.js';

/**
 * The clauses by which a budget is chosen, when the subject took one from `seen`: null when it took
 * none, or does not tell. What is special about the case comes before what holds in any.
 */
export function choiceClauses(trace: ChoiceTrace, seen: BudgetSource | null): readonly ClauseId[] {
  const { option, spec, value, load, source, choice } = trace;
  const zero: readonly ClauseId[] =
    choice?.kind === 'explicit' && choice.budget === 0n && seen === 'automatic' ? ['WSB-APPLY-13'] : [];
  if (seen === null) {
    const masked = spec.filter((clause) => MASKED.includes(clause));
    return [...masked, ...value, ...option, ...spec, ...besides(trace, SOURCES[source])];
  }
  const own = source === 'option' ? option : spec;
  if (seen === source) return [...value, ...own, ...besides(trace, 'WSB-MULTI-03')];
  // Where no option is there, that of another load is in force.
  if (seen === 'option') return [...option, ...load, 'WSB-METHOD-07'];
  if (seen === 'compile-spec') return [...spec, ...option, ...besides(trace, SOURCES[source])];
  return [...zero, ...option, ...(source === 'option' ? [] : spec), ...besides(trace, SOURCES[source])];
}

/** A bad compile spec is hidden behind a valid option. */
const MASKED: readonly ClauseId[] = ['WSB-PREC-02', 'WSB-PREC-03'];

/** Why the source of a budget is the same for each engine of a load. */
const SOURCES: Readonly<Record<BudgetSource, ClauseId>> = {
  option: 'WSB-MULTI-01',
  'compile-spec': 'WSB-MULTI-02',
  automatic: 'WSB-MULTI-03',
  'set-option': 'WSB-MULTI-03',
};

/** Why the engines and the loads before have no part in it. */
function besides({ isFirst, load }: ChoiceTrace, engines: ClauseId): readonly ClauseId[] {
  return isFirst ? load : [engines, ...load];
}
