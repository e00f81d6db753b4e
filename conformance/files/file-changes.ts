import { statSync, unwatchFile, watchFile } from 'node:fs';

/** Milliseconds between two looks at a file. */
const LOOK = 200;

/** Milliseconds in which no file changes any more before a change is told. */
const QUIET = 300;

/**
 * Tells of changes of files, each time once they have come to rest. The files are looked at by
 * their names: one may be replaced, go with its folder and come back, as in a build, or lie where a
 * system tells nobody of changes. While one is gone nothing is told.
 *
 * @returns what ends it
 */
export function fileChanges(files: readonly string[], onChange: () => void): () => void {
  let timer: NodeJS.Timeout | null = null;
  const settled = (): void => {
    timer = null;
    if (files.every((file) => statSync(file, { throwIfNoEntry: false }) !== undefined)) onChange();
  };
  const changed = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(settled, QUIET);
  };
  for (const file of files) watchFile(file, { interval: LOOK }, changed);
  return () => {
    if (timer !== null) clearTimeout(timer);
    for (const file of files) unwatchFile(file, changed);
  };
}
