import { join } from 'node:path';
import { execa } from 'execa';
import {
  correctVariants,
  falteringBuilds,
  racyBuilds,
  readCatalogue,
  statefulBuilds,
  unsoundBuilds,
} from '../catalogue/catalogue.js';
import { SubjectError } from '../model/subject-error.js';
import { visibleLine } from '../model/visible-text.js';
import { nativeBuild } from '../native-home.js';

/**
 * Builds a mutant, our delegate with the patch of a wrong implementation, unless it is fresh, and
 * gives the absolute path of its folder.
 *
 * @throws SubjectError when there is no such mutant, or it cannot be built here.
 */
export async function buildMutant(root: string, name: string): Promise<string> {
  const wrong = readCatalogue(root).flatMap((entry) => (entry.patch === undefined ? [] : [entry.name]));
  const others = [
    ...statefulBuilds(root),
    ...racyBuilds(root),
    ...unsoundBuilds(root),
    ...falteringBuilds(root),
    ...correctVariants(root),
  ];
  const names = [...wrong, ...others.map((build) => build.name)];
  if (!names.includes(name)) {
    throw new SubjectError(
      'unknown',
      `There is no mutant ${visibleLine(name)}. There are: ${names.join(', ')}.`,
    );
  }
  const built = await execa(process.execPath, ['scripts/build.mjs', '--native-only', '--mutant', name], {
    cwd: root,
    reject: false,
    all: true,
  });
  if (built.exitCode !== 0) {
    throw new SubjectError('missing', `The mutant ${name} cannot be built:\n${built.all}`);
  }
  return join(nativeBuild(root), 'mutants', name);
}
