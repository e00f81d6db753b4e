import { expect, it } from 'vitest';
import { freeMemory } from './free-memory.js';

it('is what is available on an integrated device, when that is more', () => {
  const told = { freeBytes: 10n, availableBytes: 30n };
  expect(freeMemory({ ...told, isIntegrated: true })).toBe(30n);
  expect(freeMemory({ ...told, isIntegrated: false })).toBe(10n);
  expect(freeMemory({ freeBytes: 10n, availableBytes: 9n, isIntegrated: true })).toBe(10n);
  expect(freeMemory({ freeBytes: 10n, availableBytes: null, isIntegrated: true })).toBe(10n);
});
