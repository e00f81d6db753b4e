import { join } from 'node:path';
import { readCatalogue } from '../catalogue/catalogue.js';
import { replaceFile } from '../files/replace-file.js';
import { suiteRoot } from '../suite-root.js';
import { hasRules, KILL_MATRIX_FILE, killMatrix, killMatrixText } from './kill-matrix.js';

/*
 * npm run kill-matrix: writes golden/kill-matrix.json, which says of each wrong implementation that
 * the reference can follow what finds it. Takes some minutes.
 */

const root = suiteRoot();
const kills = killMatrix(readCatalogue(root).filter(hasRules));
replaceFile(join(root, KILL_MATRIX_FILE), killMatrixText(kills));
process.stdout.write(`${KILL_MATRIX_FILE}: ${kills.length} wrong implementations.\n`);
