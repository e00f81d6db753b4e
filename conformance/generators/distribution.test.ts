import { describe, expect, it } from 'vitest';
import { parseBudget, runReference } from '../../reference/index.js';
import type { Outcome } from '../../reference/outcome/outcome.js';
import { BACKEND } from '../model/names.js';
import { BUDGET } from '../model/names.js';
import { drawBlock } from './blocks.js';
import { textBytes } from './case-request.js';
import type { GeneratedCase, GeneratedValue } from './generated-case.js';
import { loadRequests } from './load-requests.js';

const COUNT = 8000;
const LEAST_SHARE = 0.005;

const DRAWN = drawBlock(1, COUNT);
const OUTCOMES = loadRequests(DRAWN).map((request) => runReference(request));

type Class = (generated: GeneratedCase, outcome: Outcome) => boolean;

const CLASSES: Readonly<Record<string, Class>> = {
  'option absent': ({ options }) => options === null,
  'option: int': hasOption((value) => value.type === 'int' && value.value >= 0),
  'option: negative int': hasOption((value) => value.type === 'int' && value.value < 0),
  'option: bool': hasOption((value) => value.type === 'bool'),
  'option: empty': hasOption((value) => 'text' in value && textBytes(value.text).length === 0),
  'option: malformed': hasOption((value) => 'text' in value && !parseBudget(textBytes(value.text)).ok),
  'option: longer than 255 bytes': hasOption(
    (value) => 'text' in value && textBytes(value.text).length > 255,
  ),
  'option: given twice': ({ options }) =>
    options?.some((entry) => entry.options.filter(({ key }) => key === BUDGET).length > 1) === true,
  'another backend': ({ options }) => options?.some(({ backend }) => backend !== BACKEND) === true,
  'compile spec: none': ({ engines }) => engines.some(({ specs }) => specs.length === 0),
  'compile spec: twice': ({ engines }) =>
    engines.some(({ specs }) => specs.filter(({ key }) => key === BUDGET).length > 1),
  'compile spec: foreign': ({ engines }) =>
    engines.some(({ specs }) => specs.some(({ key }) => key !== BUDGET)),
  'not streamable': ({ engines }) => engines.some(({ streamable }) => streamable === 0n),
  'negative streamable': ({ engines }) => engines.some(({ streamable }) => streamable < 0n),
  'mixed streamable': ({ engines }) =>
    engines.some(({ streamable }) => streamable > 0n) && engines.some(({ streamable }) => streamable <= 0n),
  'four engines and more': ({ engines }) => engines.length >= 4,
  'two methods': ({ engines }) => engines.some(({ method }) => method > 0),
  modelled: ({ engines }) => engines.some(({ modelled }) => modelled),
  module: ({ module }) => module !== null,
  fault: ({ fault }) => fault !== null,
  'three methods': ({ engines }) => new Set(engines.map(({ method }) => method)).size === 3,
  sequence: ({ sequence }) => sequence !== null,
  'three loads of a method': ({ sequence }) => [0, 1, 2].some((at) => loadsOf(sequence, at) >= 3),
  executed: ({ script }) => script === 'execute',
  reloaded: ({ script }) => script === 'reload',
  loads: (_, { steps }) => steps.every(({ kind }) => kind === 'ok'),
  'rejected in a load': (_, { steps }) =>
    steps.some((step) => step.kind === 'rejected' && step.phase === 'load'),
  'rejected options': (_, { steps }) =>
    steps.some((step) => step.kind === 'rejected' && step.phase === 'options'),
  'not found': (_, { steps }) => steps.some((step) => step.kind === 'rejected' && step.error === 'NotFound'),
  'budget from the option': (_, { engines }) => engines.some(({ source }) => source === 'option'),
  'budget from the compile spec': (_, { engines }) => engines.some(({ source }) => source === 'compile-spec'),
  'automatic budget': (_, { engines }) => engines.some(({ source }) => source === 'automatic'),
  'automatic budget refused': (_, { engines }) =>
    engines.some(({ calls }) => calls.filter(({ call }) => call === 'setWeightStreamingBudgetV2').length > 1),
  'no engine': (_, { engines }) =>
    engines.some(({ calls }) => calls.some((call) => 'ok' in call && !call.ok)),
  'four engines touched': (_, { engines }) => engines.length >= 4,
  logged: (_, { steps }) => steps.some(({ warned }) => warned),
  'nothing logged': (_, { steps }) => steps.every(({ warned }) => !warned),
};

describe('drawn cases', () => {
  it.each(Object.entries(CLASSES))('%s: at least one in 200', (_, holds) => {
    const found = DRAWN.filter((generated, at) => {
      const outcome = OUTCOMES[at];
      return outcome !== undefined && holds(generated, outcome);
    }).length;
    expect(found / COUNT).toBeGreaterThanOrEqual(LEAST_SHARE);
  });
});

function loadsOf(sequence: GeneratedCase['sequence'], method: number): number {
  return (sequence ?? []).filter((step) => step.op === 'load' && step.method === method).length;
}

function hasOption(holds: (value: GeneratedValue) => boolean): Class {
  return ({ options }) =>
    options?.some((entry) => entry.options.some(({ key, value }) => key === BUDGET && holds(value))) === true;
}
