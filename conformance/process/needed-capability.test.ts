import { expect, it } from 'vitest';
import { buildRequest } from '../model/build-request.js';
import { scenarioRequest } from '../model/scenario/scenario-request.js';
import { execute, getOption, load, setBudget, unload } from '../model/scenario/vocabulary.js';
import type { StepScenario } from '../model/scenario/scenario.js';
import { allCapabilities, withoutCapabilities, type Capability } from '../protocol/capabilities.js';
import { lackingCapability } from './needed-capability.js';

function lacking(steps: readonly StepScenario[], ...lacks: readonly Capability[]): Capability | null {
  const request = buildRequest(scenarioRequest({ steps }));
  return lackingCapability(request, withoutCapabilities(allCapabilities(), lacks), () => false);
}

it.each([
  ['a set option', [load(), setBudget('5')]],
  ['an option that is asked for', [getOption()]],
])('%s needs the capability for it, and no other one', (_, steps) => {
  expect(lacking(steps, 'setOption')).toBe('setOption');
  expect(lacking(steps, 'options', 'execute')).toBeNull();
  // A subject that does one load alone does not set options between.
  expect(lacking(steps, 'steps')).toBe('steps');
});

it('loads, executions and unloads do without', () => {
  expect(lacking([load(), execute(), unload()], 'setOption')).toBeNull();
  expect(lacking([load('5')], 'options')).toBe('options');
  expect(lacking([load(), execute()], 'execute')).toBe('execute');
});
