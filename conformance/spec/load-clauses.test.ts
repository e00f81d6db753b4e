import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { AREAS } from './areas.js';
import { loadClauses } from './load-clauses.js';
import { SpecificationError } from './paragraphs.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

it('reads the clauses of every area, in the order of the areas', () => {
  const names = loadClauses(ROOT).map(({ area }) => area);
  expect([...new Set(names)]).toEqual(AREAS.map(({ name }) => name));
});

it('names the file that is missing', () => {
  expect(() => loadClauses(`${ROOT}/conformance`)).toThrow(
    new SpecificationError('spec/clauses/parsing.md', 1, 'cannot be read; is the installation complete?'),
  );
});
