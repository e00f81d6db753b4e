import { BUDGET_KEY, explainProgram, type Explanation, type Policy } from '../../reference/index.js';
import type { OptionsMap } from '../../reference/request/load-request.js';
import { PlainFile } from '../files/plain-file.js';
import { BACKEND } from '../model/names.js';
import { lazyRecordedPlans } from '../oracle/lazy-recorded-plans.js';
import { suiteRoot } from '../suite-root.js';

/** What {@link explainFile} can be told beside the program. */
export interface ExplainFileOptions {
  /**
   * The load-time option `weight_streaming_budget` of every load, as a host gives it: a text or a
   * number of 32 bits.
   */
  readonly budget?: string | number;
  /** Who chooses automatic budgets: the delegate (`fitting`, the default) or TensorRT. */
  readonly policy?: Policy;
  /** Bytes of device memory that are free when an engine is loaded. */
  readonly freeBytes?: bigint;
}

/**
 * Tells of a program (`.pte`) of any size where the budget of each engine comes from, what would be
 * applied, and what is wrong with it. Reads only what it needs, and runs nothing. A file that is
 * no program is `unreadable`, with the reason; that is no error.
 *
 * @throws FileError when it is no plain file, or a part that has to be read whole is too large
 * @throws ExhaustingProgramError for a file that repeats itself too often to be explained
 */
export function explainFile(file: string, options: ExplainFileOptions = {}): Explanation {
  const { budget: given, policy, freeBytes = null } = options;
  const program = new PlainFile(file);
  try {
    return explainProgram(program, given === undefined ? null : optionsOf(given), {
      recordedPlan: lazyRecordedPlans(suiteRoot()),
      ...(policy === undefined ? {} : { policy }),
      freeBytes,
    });
  } finally {
    program.close();
  }
}

/** The options map that a host makes of a budget. */
function optionsOf(budget: string | number): OptionsMap {
  const value =
    typeof budget === 'number'
      ? ({ type: 'int', value: budget } as const)
      : ({ type: 'string', bytes: new TextEncoder().encode(budget) } as const);
  return [{ backend: BACKEND, via: 'builder', options: [{ key: BUDGET_KEY, value }] }];
}
