import { expect, it } from 'vitest';
import { skippedWithout } from './skipped-without.js';

it.each([
  [true, {}, false],
  [false, {}, true],
  [false, { CI: '' }, true],
  [true, { CI: 'true' }, false],
  [false, { CI: 'true' }, false],
])('there: %s, in %j: skipped is %s', (isThere, environment, skipped) => {
  expect(skippedWithout(isThere, environment)).toBe(skipped);
});
