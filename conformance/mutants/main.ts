import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { CATALOGUE_FILE, readCatalogue } from '../catalogue/catalogue.js';
import { EXIT } from '../run/exit-code.js';
import { exitCodeOf } from '../run/conclusion.js';
import { suiteRoot } from '../suite-root.js';
import { judgeMutant, mutantLine, runMutant } from './mutant-run.js';

/*
 * npm run mutants [-- NAME...]: builds every wrong implementation of the catalogue that has a patch
 * of our delegate, or those named, runs the suite on each, and ends with 1 when one is not found,
 * not attributed to the clause that it breaks, told as several findings though it breaks one rule,
 * or not the error that its rule describes: then there is a gap. Takes minutes.
 */

const root = suiteRoot();
const names = process.argv.slice(2);
const all = readCatalogue(root).filter(({ patch }) => patch !== undefined);
const chosen = names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
const unknown = names.filter((name) => !all.some((wrong) => wrong.name === name));
if (unknown.length > 0) {
  process.stderr.write(`There is no mutant ${unknown.join(', ')}. ${CATALOGUE_FILE} lists them.\n`);
  process.exitCode = EXIT.usage;
} else {
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  try {
    await build();
    const good = await runAll(folder);
    process.stdout.write(
      `\n${good} of ${chosen.length} found, each told as one finding and attributed to its clause.\n`,
    );
    process.exitCode = exitCodeOf(good === chosen.length);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function build(): Promise<void> {
  const mutants = chosen.flatMap(({ name }) => ['--mutant', name]);
  await execa(process.execPath, ['scripts/build.mjs', '--native-only', ...mutants], {
    cwd: root,
    stdio: 'inherit',
  });
}

/** Runs the chosen mutants, one a processor, with a line for each; gives how many went well. */
async function runAll(folder: string): Promise<number> {
  const waiting = [...chosen];
  let good = 0;
  const work = async (): Promise<void> => {
    for (let wrong = waiting.shift(); wrong !== undefined; wrong = waiting.shift()) {
      const run = await runMutant(root, wrong, folder);
      if (judgeMutant(wrong, run) === 'attributed') good++;
      process.stdout.write(`${mutantLine(wrong, run)}\n`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return good;
}
