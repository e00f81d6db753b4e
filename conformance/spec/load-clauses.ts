import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AREAS, areaFile } from './areas.js';
import type { Clause } from './clause.js';
import { readClauses } from './read-clauses.js';
import { SpecificationError } from './paragraphs.js';

/**
 * Reads all clauses below `root`, the folder that holds spec/: area by area, each in the order of
 * its file.
 *
 * @throws SpecificationError when a file is missing or is not a file of clauses.
 */
export function loadClauses(root: string): readonly Clause[] {
  return AREAS.flatMap((area) => {
    const file = areaFile(area);
    let text: string;
    try {
      text = readFileSync(join(root, file), 'utf8');
    } catch (cause) {
      throw new SpecificationError(file, 1, 'cannot be read; is the installation complete?', { cause });
    }
    return readClauses(text, area);
  });
}
