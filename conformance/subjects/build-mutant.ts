import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import { DELEGATE_LIBRARY } from './native-library.js';
import { SubjectError } from '../model/subject-error.js';

/** A build of the native delegate with one deliberate error. */
export interface Mutant {
  readonly name: string;
  readonly description: string;
  /** The clause that it breaks. */
  readonly clause: ClauseId;
  /** Clauses that the error breaks too, or that cannot be told from it by outcomes: to be blamed on them is as right. */
  readonly also?: readonly ClauseId[];
}

/** The mutants that native/mutants lists below `root`. */
export function readMutants(root: string): readonly Mutant[] {
  return JSON.parse(readFileSync(join(root, 'native/mutants/mutants.json'), 'utf8')) as Mutant[];
}

/**
 * Builds a mutant unless it is fresh, and gives the absolute path of its library.
 *
 * @throws SubjectError when there is no such mutant, or it cannot be built here.
 */
export async function buildMutant(root: string, name: string): Promise<string> {
  const names = readMutants(root).map((mutant) => mutant.name);
  if (!names.includes(name)) {
    throw new SubjectError('unknown', `There is no mutant ${name}. There are: ${names.join(', ')}.`);
  }
  const built = await execa(process.execPath, ['scripts/build.mjs', '--native-only', '--mutant', name], {
    cwd: root,
    reject: false,
    all: true,
  });
  if (built.exitCode !== 0) {
    throw new SubjectError('missing', `The mutant ${name} cannot be built:\n${built.all}`);
  }
  return join(root, 'native/build/mutants', name, DELEGATE_LIBRARY);
}
