import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readCatalogue } from '../catalogue/catalogue.js';
import { suiteRoot } from '../suite-root.js';
import { hasRules, KILL_MATRIX_FILE, killMatrix, killMatrixText } from './kill-matrix.js';

it('the kill matrix is what the cases of today find', () => {
  const root = suiteRoot();
  const kills = killMatrix(readCatalogue(root).filter(hasRules));
  expect(readFileSync(join(root, KILL_MATRIX_FILE), 'utf8')).toBe(killMatrixText(kills));
});
