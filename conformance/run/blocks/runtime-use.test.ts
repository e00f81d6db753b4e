import { describe, expect, it } from 'vitest';
import {
  OTHER_RUNTIME_USES,
  RUNTIMES_ANEW,
  STANDARD_RULES,
  type Outcome,
  type Rules,
} from '../../../reference/index.js';
import type { AnyLoadRequest } from '../../../reference/request/load-request.js';
import { ALL_CASES } from '../../cases/all-cases.js';
import { buildRequest } from '../../model/build-request.js';
import { referenceOracle, type Oracle } from '../../oracle/oracle.js';
import { referenceSubject } from '../../subjects/reference-subject.js';
import { BlockRunner } from './block-runner.js';

const oracle = referenceOracle(() => null);
const CASES = ALL_CASES.filter(({ id }) => /^WSB-(?:FAIL|LIFE|METHOD)-/.test(id));
const REQUESTS = CASES.map(({ request }) => buildRequest(request));

/** The ids of the cases that a delegate fails when it is held against the reference. */
async function failed(subject: Oracle): Promise<string[]> {
  const runner = new BlockRunner(referenceSubject('other', subject, 'test'), oracle);
  const found = await runner.run(REQUESTS);
  return found.map(({ at }) => CASES[at]?.id ?? '');
}

function following(changed: Partial<Rules>): Oracle {
  return referenceOracle(() => null, { ...STANDARD_RULES, ...changed });
}

/** The reference, with outcomes changed where `change` says so. */
function changing(change: (outcome: Outcome, request: AnyLoadRequest) => Outcome): Oracle {
  return (request) => change(oracle(request), request);
}

describe('a delegate that comes by its runtimes otherwise (WSB-FAIL-06)', () => {
  it('is one of eleven', () => {
    expect(OTHER_RUNTIME_USES).toHaveLength(11);
    expect(OTHER_RUNTIME_USES).not.toContainEqual(RUNTIMES_ANEW);
  });

  it.each(OTHER_RUNTIME_USES)('check $check, kept as long as $kept: fails no case', async (runtimeUse) => {
    expect(await failed(following({ runtimeUse }))).toEqual([]);
  });

  it.each(OTHER_RUNTIME_USES)(
    'check $check, kept as long as $kept: no excuse for a leak',
    async (runtimeUse) => {
      const leaking = await failed(following({ runtimeUse, destroysFailed: false }));
      expect(leaking.filter((id) => id.startsWith('WSB-FAIL-04'))).not.toEqual([]);
    },
  );

  it('fails where two runtimes are left', async () => {
    const two = changing((outcome) => ({ ...outcome, leaks: { ...outcome.leaks, runtimes: 2 } }));
    expect(await failed(two)).toHaveLength(CASES.length);
  });

  it('fails where a load without a runtime ends with another error', async () => {
    const other = changing((outcome, { device }) =>
      device.faults.some(({ call }) => call === 'createInferRuntime')
        ? {
            ...outcome,
            steps: outcome.steps.map((step) =>
              step.kind === 'rejected' ? { ...step, error: 'Internal' as const } : step,
            ),
          }
        : outcome,
    );
    const ids = await failed(other);
    expect(ids.filter((id) => id.startsWith('WSB-FAIL-06')).length).toBeGreaterThanOrEqual(4);
    expect(ids.filter((id) => id.startsWith('WSB-LIFE-03'))).not.toEqual([]);
  });
});
