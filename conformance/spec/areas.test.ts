import { expect, it } from 'vitest';
import { AREAS, areaFile, areaOf } from './areas.js';

it('gives each area a name, a code and a file of its own', () => {
  expect(new Set(AREAS.map(({ name }) => name)).size).toBe(AREAS.length);
  expect(new Set(AREAS.map(({ code }) => code)).size).toBe(AREAS.length);
  expect(areaFile(AREAS[0])).toBe('spec/clauses/parsing.md');
});

it('finds the area of a clause', () => {
  expect(areaOf('WSB-PARSE-03')?.name).toBe('parsing');
  expect(areaOf('WSB-MULTI-07')?.name).toBe('engines');
});

it.each(['WSB-NONE-01', 'WSB-PARSE-3', 'PARSE-03', 'WSB-PARSE-03x', ''])('finds no area for "%s"', (id) => {
  expect(areaOf(id)).toBeNull();
});
