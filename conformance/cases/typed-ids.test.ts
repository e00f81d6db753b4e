import { expect, it } from 'vitest';
import { ALL_CASES } from './all-cases.js';

it('the written cases have ids that can be typed, and room for a prefix', () => {
  for (const { id } of ALL_CASES) expect(id).toMatch(/^[!-~][ -~]{0,278}[!-~]$/);
});
