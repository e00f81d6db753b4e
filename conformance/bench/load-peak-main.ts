import { fileURLToPath } from 'node:url';
import { openSubject } from '../subjects/open-subject.js';
import { loadPeak } from './load-peak.js';

/*
 * npm run bench:load: how much memory a host takes at its most while it loads two plans of 6 GiB
 * from a file, as ratios to one of them, for each subject named; ours and upstream's unless some
 * are.
 */

const ENGINES = 2;
const PLAN_BYTES = 6 * 2 ** 30;

const named = process.argv.slice(2);
const root = fileURLToPath(new URL('../../../', import.meta.url));
console.log('memory of a host at its most, as a ratio to one of two plans of 6 GiB');
console.log(`${'subject'.padEnd(24)} resident    mapped`);
for (const name of named.length > 0 ? named : ['native-process', 'upstream']) {
  const { subject } = await openSubject(name, root, 'bench');
  if (subject.kind !== 'out-of-process')
    throw new Error(`${name} runs in this process. Name one that does not, such as native-process.`);
  const { resident, mapped } = await loadPeak(subject, ENGINES, PLAN_BYTES);
  console.log(`${name.padEnd(24)} ${resident.toFixed(4).padStart(8)} ${mapped.toFixed(4).padStart(9)}`);
}
