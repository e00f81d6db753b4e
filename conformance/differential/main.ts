import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeFolder } from '../files/make-folder.js';
import { replaceFile } from '../files/replace-file.js';
import { outcomeLines } from '../model/outcome-lines.js';
import { openSubject } from '../subjects/open-subject.js';
import { LIMITS } from '../protocol/process-limits.js';
import { decodeOutcomes } from '../wire/decode-outcome.js';
import { suiteRoot } from '../suite-root.js';
import { Differential, type Difference } from './differential.js';
import { reduceDifference } from './reduce-difference.js';
import { seedPrograms } from './seed-programs.js';

/*
 * npm run differential: mutated programs, reference against the real runtime. Ends with 1 when they
 * part.
 */

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '3600' },
    subject: { type: 'string', default: 'native-process' },
    out: { type: 'string' },
  },
});
const ROUND = 4096;
const MOST_SHOWN = 40;

const root = suiteRoot();
const limits = { ...LIMITS, incidents: Number.MAX_SAFE_INTEGER };
const { subject, oracle } = await openSubject(values.subject, root, 'differential', {
  policy: 'fitting',
  limits,
});
if (subject.kind !== 'out-of-process') throw new Error(`${values.subject} is not out of process.`);
const differential = new Differential(oracle, subject, seedPrograms(root), Number(values.seed));
const { tally } = differential;
const end = Date.now() + 1000 * Number(values.seconds);
const found: Difference[] = [];
for (let left = Number(values.count); left > 0 && Date.now() < end; left -= ROUND) {
  found.push(...(await differential.run(Math.min(left, ROUND))));
  process.stderr.write(`\r${tally.programs} programs, ${tally.differ} differ, ${tally.crashed} crash`);
}
process.stderr.write('\n');
for (const [n, difference] of found.slice(0, MOST_SHOWN).entries()) {
  const { request, expected, observed, seed } = await reduceDifference(oracle, subject, difference);
  const seen = observed instanceof Uint8Array ? observedLines(observed) : [observed.message];
  const changes = changesOf(seed.bytes, request.program);
  process.stdout.write(`#${n} ${seed.name} ${request.verification}, changed: ${changes}\n`);
  for (const line of outcomeLines(expected)) process.stdout.write(`  expected ${line}\n`);
  for (const line of seen) process.stdout.write(`  observed ${line}\n`);
  if (values.out !== undefined) {
    makeFolder(values.out);
    replaceFile(join(values.out, `${n}-${request.verification}.pte`), request.program);
  }
}
await subject.close();
const undefinedCount = [...tally.undefined.values()].reduce((sum, count) => sum + count, 0);
for (const [reason, count] of [...tally.undefined].sort(([, a], [, b]) => b - a).slice(0, MOST_SHOWN)) {
  process.stdout.write(`${String(count).padStart(8)} undefined: ${reason}\n`);
}
const share = ((100 * undefinedCount) / tally.programs).toFixed(2);
process.stdout.write(
  `${tally.programs} programs: ${tally.agree} agree, ${tally.differ} differ, ${tally.crashed} end the process, ` +
    `${undefinedCount} (${share} %) are undefined\n`,
);
process.exitCode = found.length === 0 ? 0 : 1;

function observedLines(record: Uint8Array): string[] {
  return decodeOutcomes(record).flatMap(outcomeLines);
}

function changesOf(before: Uint8Array, after: Uint8Array): string {
  const changes: string[] =
    before.length === after.length ? [] : [`${before.length} to ${after.length} bytes`];
  for (let at = 0; at < after.length; at++) {
    if (after[at] !== before[at]) changes.push(`${at}: ${before[at] ?? 'none'} → ${after[at] ?? 'none'}`);
  }
  return changes.slice(0, 24).join(', ');
}
