import { BACKEND_ID } from '../host/loaded-method.js';
import type { DeliveredOption } from '../rules/delivered-option.js';
import { hasKey } from '../rules/find-option.js';
import { buildOptionsMap, optionsFor } from '../rules/options-map.js';
import { BUDGET_KEY } from '../rules/budget-key.js';
import type { OptionsMap } from '../request/load-request.js';
import { error, note, warning, type Finding } from './finding.js';
import { isNearKey } from './near-key.js';

/** The options that reach the delegates, and what is to be said of those given. */
export function explainOptions(given: OptionsMap | null): {
  /** Whether ExecuTorch refuses them, so that no method loads. */
  readonly refused: boolean;
  readonly options: readonly DeliveredOption[];
  readonly findings: readonly Finding[];
} {
  if (given === null) return { refused: false, options: [], findings: [] };
  const map = buildOptionsMap(given);
  if (map === null) {
    const message =
      'ExecuTorch refuses the options with InvalidArgument: too many options or backends, or a backend id of no or more than 63 bytes';
    return { refused: true, options: [], findings: [error('WSB-OPT-16', message)] };
  }
  const options = optionsFor(map, BACKEND_ID);
  const foreign = [...map.keys()].filter((backend) => backend !== BACKEND_ID);
  const others = options.filter((option) => !hasKey(option, BUDGET_KEY));
  const repeated = options.filter((option) => hasKey(option, BUDGET_KEY)).length - 1;
  return {
    refused: false,
    options,
    findings: [
      ...foreign.map((backend) =>
        note('WSB-OPT-10', `options for ${JSON.stringify(backend)} have no effect on ${BACKEND_ID}`),
      ),
      ...others.map(({ key }) =>
        isNearKey(key)
          ? warning('WSB-OPT-11', `option ${JSON.stringify(key)} has no effect: the key is ${BUDGET_KEY}`)
          : note('WSB-OPT-11', `option ${JSON.stringify(key)} has no effect on the budget`),
      ),
      ...(repeated > 0
        ? [note('WSB-OPT-12', `${BUDGET_KEY} is given ${repeated + 1} times; the first counts`)]
        : []),
    ],
  };
}
