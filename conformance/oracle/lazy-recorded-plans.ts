import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedPlans } from '../../reference/index.js';
import type { HashProgress } from '../files/sha256-of-source.js';
import { loadSchemas } from '../spec/schemas.js';
import { loadRecordedPlans, RECORDED_ENGINES } from './recorded.js';
import { recordedPlanLookup } from './recorded-plans.js';

/**
 * The lookup of the recorded plans below `root`, which are read and checked only once a plan has a
 * size that stands in their file: to compile the schemas takes longer than all else of an
 * explanation.
 */
export function lazyRecordedPlans(root: string, onProgress?: HashProgress): RecordedPlans {
  const text = readFileSync(join(root, RECORDED_ENGINES), 'utf8');
  const sizes = new Set(Array.from(text.matchAll(/"size": ?(\d+)/g), ([, size]) => Number(size)));
  let lookup: RecordedPlans | null = null;
  return (engine) => {
    if (!sizes.has(engine.size)) return null;
    lookup ??= recordedPlanLookup(loadRecordedPlans(root, loadSchemas(root)), onProgress);
    return lookup(engine);
  };
}
