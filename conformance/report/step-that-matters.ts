import type { OptionsMap } from '../../reference/request/load-request.js';
import type { Finding } from '../model/finding.js';

/** The options of the load that a finding is about; null where it has none. */
export function optionsThatMatter({ case: { request }, differences, expected }: Finding): OptionsMap | null {
  const [first] = differences;
  const named = /^(steps|engines)\[(\d+)\]/.exec(first?.path ?? '');
  const at = named?.[1] === 'engines' ? expected.engines[Number(named[2])]?.step : Number(named?.[2]);
  const differing = request.steps[at ?? NaN];
  if (differing?.op === 'load') return differing.options ?? request.module?.options ?? null;
  const loads = request.steps.flatMap((step) => (step.op === 'load' ? [step.options] : []));
  return loads.find((options) => options !== null) ?? request.module?.options ?? null;
}
