import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT, exitCodeOf } from '../run/exit-code.js';
import { readMutants } from '../subjects/build-mutant.js';
import { suiteRoot } from '../suite-root.js';
import { judgeMutant, type MutantRun } from './mutant-result.js';
import { mutantTable } from './mutant-table.js';
import { runMutant } from './run-mutant.js';

/*
 * npm run mutants [-- NAME...]: runs the suite on every build of the delegate with a deliberate error, or on those named, and ends
 * with 1 when one is not found, not blamed on the clause that it breaks, or told as several findings though it breaks one rule: then the
 * suite has a gap. Takes minutes.
 */

const root = suiteRoot();
const names = process.argv.slice(2);
const all = readMutants(root);
const unknown = names.filter((name) => !all.some((mutant) => mutant.name === name));
const chosen = names.length === 0 ? all : all.filter(({ name }) => names.includes(name));

if (unknown.length > 0) {
  process.stderr.write(`There is no mutant ${unknown.join(', ')}. native/mutants/mutants.json lists them.\n`);
  process.exitCode = EXIT.usage;
} else {
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  try {
    const runs = await runAll(folder);
    const results = chosen.flatMap((mutant) => {
      const run = runs.get(mutant.name);
      return run === undefined ? [] : [[mutant, run] as const];
    });
    const good = results.filter(([mutant, run]) => judgeMutant(mutant, run) === 'blamed').length;
    process.stdout.write(
      `${mutantTable(results)}\n\n${good} of ${chosen.length} found, each told as one finding and blamed on its clause.\n`,
    );
    process.exitCode = exitCodeOf(good === chosen.length);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs of all chosen mutants by name, as many at once as there are processors. */
async function runAll(folder: string): Promise<ReadonlyMap<string, MutantRun>> {
  const runs = new Map<string, MutantRun>();
  const waiting = [...chosen];
  const work = async (): Promise<void> => {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const run = await runMutant(root, mutant.name, folder);
      runs.set(mutant.name, run);
      process.stderr.write(`${runs.size} of ${chosen.length}: ${mutant.name}, ${judgeMutant(mutant, run)}\n`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return runs;
}
