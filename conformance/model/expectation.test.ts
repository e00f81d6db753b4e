import { describe, expect, it } from 'vitest';
import { NO_LEAKS, type Outcome } from '../../reference/outcome/outcome.js';
import {
  all,
  applies,
  budgetCalls,
  calls,
  fromAutomatic,
  fromOption,
  leavesNothing,
  loadsWith,
  logs,
  noBudgetCall,
  rejects,
  rejectsAfter,
  rejectsProgram,
  steps,
} from './expectation.js';

const LOADED: Outcome = {
  program: { kind: 'ok' },
  steps: [{ kind: 'ok', warned: false }],
  engines: [
    {
      step: 0,
      source: 'option',
      applied: 5n,
      calls: [
        { call: 'deserializeCudaEngine', ok: true },
        { call: 'setWeightStreamingBudgetV2', budget: 5n, ok: true },
        { call: 'createExecutionContext', ok: true },
      ],
    },
  ],
  leaks: NO_LEAKS,
  violations: [],
};

const REJECTED: Outcome = {
  ...LOADED,
  steps: [{ kind: 'rejected', phase: 'load', error: 'InvalidProgram', warned: true }],
  engines: [{ step: 0, source: null, applied: null, calls: [{ call: 'deserializeCudaEngine', ok: true }] }],
};

const REFUSED: Outcome = {
  ...LOADED,
  program: { kind: 'rejected', error: 'InvalidProgram' },
  steps: [],
  engines: [],
};

const LEAKING: Outcome = { ...LOADED, leaks: { ...NO_LEAKS, events: 1 } };

describe('expectations', () => {
  it.each([
    [applies(5n), LOADED],
    [fromOption(5n), LOADED],
    [calls('deserialize, set 5, context'), LOADED],
    [loadsWith('set 5'), LOADED],
    [budgetCalls('set 5'), LOADED],
    [steps('ok'), LOADED],
    [all(logs(false), leavesNothing()), LOADED],
    [all(rejects(), noBudgetCall(), logs(true)), REJECTED],
    [rejectsAfter('deserialize'), REJECTED],
    [steps('load InvalidProgram'), REJECTED],
    [rejectsProgram('InvalidProgram'), REFUSED],
  ])('$text: holds', (expectation, outcome) => {
    expect(expectation.check(outcome)).toBeNull();
  });

  it.each([
    [applies(6n), LOADED, 'applied: expected 6, found 5'],
    [applies(5n, 5n), LOADED, 'applied: expected 5,5, found 5'],
    [applies(5n), REJECTED, 'step 0: expected ok, found load InvalidProgram'],
    [fromAutomatic(5n), LOADED, 'source: expected automatic, found option'],
    [
      calls('deserialize, context'),
      LOADED,
      'calls: expected deserialize, context, found deserialize, set 5, context',
    ],
    [noBudgetCall(), LOADED, 'budget calls: expected none, found set 5'],
    [rejects(), LOADED, 'rejection: expected load InvalidProgram, found nothing rejected'],
    [rejects('NotFound'), REJECTED, 'rejection: expected load NotFound, found load InvalidProgram'],
    [logs(true), LOADED, 'logged: expected true, found false'],
    [leavesNothing(), LEAKING, 'events: expected 0, found 1'],
    [all(applies(5n), logs(true)), LOADED, 'logged: expected true, found false'],
    [rejectsProgram('InvalidArgument'), REFUSED, 'program: expected InvalidArgument, found InvalidProgram'],
    [steps('ok'), REFUSED, 'program: expected ok, found InvalidProgram'],
  ])('$text: fails', (expectation, outcome, fault) => {
    expect(expectation.check(outcome)).toBe(fault);
  });
});
