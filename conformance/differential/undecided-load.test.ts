import { describe, expect, it } from 'vitest';
import type { LoadRequest } from '../../reference/request/load-request.js';
import { buildRequest } from '../model/build-request.js';
import type { Scenario } from '../model/scenario/scenario.js';
import { scenarioRequest } from '../model/scenario/scenario-request.js';
import { policyOracles } from '../oracle/oracle.js';
import { promised } from './differential.js';
import { restsOnUndecidedLoad, UNDECIDED_LOAD } from './undecided-load.js';

const oracle = policyOracles(() => null).fitting;
/** An engine that keeps 1,000 bytes resident, and would rather have its context stream them. */
const ENGINE = { modelled: true as const, streamable: 1000n, activations: 10n, scratch: 200n };
/** Too little for the margins of all contexts beside resident weights. */
const TIGHT = (5n << 20n) + 2000n;

const request = (scenario: Scenario): LoadRequest => buildRequest(scenarioRequest(scenario));

describe('a load that no ruling tells from another', () => {
  const three = request({ engines: [ENGINE, ENGINE, ENGINE], free: TIGHT });

  it('is one of three equal engines of which the first make room', () => {
    expect(restsOnUndecidedLoad(three, oracle(three))).toBe(true);
    expect(promised(oracle, three)).toBe(UNDECIDED_LOAD);
  });

  it.each<[string, Scenario]>([
    ['two equal engines', { engines: [ENGINE, ENGINE], free: TIGHT }],
    ['engines with room for all', { engines: [ENGINE, ENGINE, ENGINE] }],
    [
      'a third engine with other data',
      { engines: [ENGINE, ENGINE, { ...ENGINE, streamable: 1001n }], free: TIGHT },
    ],
    [
      'a third engine with a compile spec',
      { engines: [ENGINE, ENGINE, { ...ENGINE, spec: '5' }], free: TIGHT },
    ],
  ])('is none of %s', (_, scenario) => {
    const given = request(scenario);
    expect(promised(oracle, given)).toEqual(oracle(given));
  });
});
