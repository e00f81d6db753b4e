import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { suiteRoot } from '../../conformance/suite-root.js';

const ARGUMENTS = 'native/kit/backend.args';

/**
 * What a starting point is made with: a command of the README, and the text of the file of
 * arguments that it may name.
 */
export interface KitRecipe {
  readonly command: string;
  readonly args: string;
}

/**
 * Makes a starting point as native/kit/README.md says, in a new folder below `scratch`; `change`
 * may change how.
 *
 * @param output the file that the README's command writes: `subject` or `backend.so`
 * @returns its path
 */
export async function makeKit(
  scratch: string,
  output: string,
  change: (command: string, args: string) => KitRecipe = (command, args) => ({ command, args }),
): Promise<string> {
  const root = suiteRoot();
  const readme = readFileSync(join(root, 'native/kit/README.md'), 'utf8');
  const found = readme.split('\n').find((line) => line.startsWith('g++') && line.includes(`-o ${output}`));
  if (found === undefined) throw new Error(`native/kit/README.md has no command for ${output}`);
  const folder = mkdtempSync(join(scratch, 'made-'));
  const { command, args } = change(found, readFileSync(join(root, ARGUMENTS), 'utf8'));
  writeFileSync(join(folder, 'backend.args'), args);
  const file = join(folder, output);
  const filled = command
    .replace(`@${ARGUMENTS}`, `@${join(folder, 'backend.args')}`)
    .replace(`-o ${output}`, `-o ${file}`);
  await execa({ cwd: root, shell: true })(filled);
  return file;
}
