import { describe, expect, it } from 'vitest';
import { runReference } from '../../reference/index.js';
import { buildRequest } from './build-request.js';
import type { Scenario } from './scenario/scenario.js';
import { scenarioRequest } from './scenario/scenario-request.js';
import { cut } from './scenario/program-change.js';
import { differences } from './differences.js';
import { outcomeLines } from './outcome-lines.js';
import { requestLines } from './request-lines.js';
import { addVerdicts, noVerdicts } from './verdict.js';

const outcomeOf = (scenario: Scenario): ReturnType<typeof runReference> =>
  runReference(buildRequest(scenarioRequest(scenario)));

describe('differences', () => {
  it('are none between equal outcomes', () => {
    expect(differences(outcomeOf({ spec: '5' }), outcomeOf({ spec: '5' }))).toEqual([]);
  });

  it('tell every field that differs, in words', () => {
    expect(differences(outcomeOf({ spec: '5x' }), outcomeOf({ spec: '5' }))).toEqual([
      { path: 'steps[0]', expected: 'load InvalidProgram', observed: 'ok' },
      { path: 'steps[0].warned', expected: 'logged at Error level', observed: 'not logged' },
      { path: 'engines[0].source', expected: 'nothing', observed: 'compile-spec' },
      { path: 'engines[0].applied', expected: 'no budget', observed: '5' },
      { path: 'engines[0].calls', expected: 'deserialize', observed: 'deserialize, set 5, context' },
    ]);
  });

  it('tell engines and steps that are missing', () => {
    const found = differences(outcomeOf({ engines: [{}, {}] }), outcomeOf({}));
    expect(found).toEqual([
      {
        path: 'engines[1]',
        expected: 'deserialize, automatic 512, set 512, context',
        observed: 'nothing',
      },
    ]);
    expect(differences(outcomeOf({ file: cut(64) }), outcomeOf({}))[0]).toEqual({
      path: 'program',
      expected: 'InvalidProgram',
      observed: 'ok',
    });
  });

  it('tell leaks and violations', () => {
    const clean = outcomeOf({});
    const dirty = {
      ...clean,
      leaks: { ...clean.leaks, events: 2 },
      violations: ['use-after-destroy' as const],
    };
    expect(differences(clean, dirty)).toEqual([
      { path: 'leaks.events', expected: '0', observed: '2' },
      { path: 'violations', expected: 'none', observed: 'use-after-destroy' },
    ]);
    expect(outcomeLines(dirty).slice(-2)).toEqual(['left alive: 2 events', 'violation: use-after-destroy']);
  });
});

describe('lines to read', () => {
  it('of an outcome', () => {
    expect(outcomeLines(outcomeOf({ spec: '5', option: '' }))).toEqual([
      'step 0: ok, logged at Error level',
      'engine 0: 5 from the compile-spec (deserialize, set 5, context)',
    ]);
    expect(outcomeLines(outcomeOf({ file: cut(64) }))).toEqual(['the file is refused with InvalidProgram']);
  });

  it('of a request', () => {
    const scenario: Scenario = {
      spec: '5"',
      option: 7,
      refuses: 1,
      fault: { call: 'cudaMalloc', occurrence: 2 },
    };
    expect(requestLines(scenarioRequest(scenario))).toEqual([
      'forward, engine 0: TensorRTBackend segment, streamable 1024, automatic 512, sets false, weight_streaming_budget="5\\""',
      'call 2 of cudaMalloc fails',
      'step 0: load forward with [TensorRTBackend (builder): weight_streaming_budget=int 7]',
    ]);
  });
});

describe('verdicts', () => {
  it('add up', () => {
    const good = { ...noVerdicts(), pass: 5, 'expected-fail': 1, unsupported: 2 };
    expect(addVerdicts(good, good)).toEqual({
      ...noVerdicts(),
      pass: 10,
      'expected-fail': 2,
      unsupported: 4,
    });
  });
});
