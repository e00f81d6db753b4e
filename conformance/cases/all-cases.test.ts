import { describe, expect, it } from 'vitest';
import { rulesUnder, runReference } from '../../reference/index.js';
import { AREAS } from './all-cases.js';
import { buildRequest } from '../model/build-request.js';

describe.each(Object.entries(AREAS))('%s', (_, cases) => {
  it.each(cases.map((testCase) => [testCase.id, testCase] as const))(
    '%s',
    (_id, { request, policy = 'upstream', expectation }) => {
      const outcome = runReference(buildRequest(request), { rules: rulesUnder(policy) });
      expect(expectation?.check(outcome)).toBeNull();
    },
  );
});
