import { expect, it } from 'vitest';

import { describePipFailure } from './pip-failure.mjs';

const REFUSED = `WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPConnection object at 0x7ffb6ef1c5d0>: Failed to establish a new connection: [Errno 111] Connection refused')': /executorch/
ERROR: Could not find a version that satisfies the requirement executorch==1.5.1 (from versions: none)
ERROR: No matching distribution found for executorch==1.5.1`;

it('tells an index that was not reached from a package that is not there', () => {
  expect(describePipFailure(REFUSED)).toBe(
    'pip did not reach its package index: Failed to establish a new connection: [Errno 111] Connection refused',
  );
  expect(describePipFailure(REFUSED.slice(REFUSED.indexOf('ERROR')))).toBe(
    'pip: ERROR: No matching distribution found for executorch==1.5.1',
  );
});

it('falls back to the last line, or says that there was none', () => {
  expect(describePipFailure('first\nlast\n')).toBe('pip: last');
  expect(describePipFailure('\n')).toBe('pip gave no reason');
});
