import { resolve } from 'node:path';
import { SubjectError } from '../model/subject-error.js';
import { builtNative } from './built-native.js';
import { hostLaunch, neededFile } from './host-launch.js';
import { outOfProcessKind } from './out-of-process-kind.js';

/** A vendor's shared library, which registers a backend, in the suite's host. */
export const SHARED_LIBRARY = outOfProcessKind({
  prefix: 'so',
  names: { 'so:PATH': 'a shared library that registers a backend' },
  takes: ['backendId', 'lacks', 'policy'],
  launch: async (detail, setup) => {
    if (detail === null || detail === '') {
      throw new SubjectError('unknown', 'so: needs the path of a shared library, such as so:./backend.so.');
    }
    const library = neededFile(resolve(detail), 'Give the path of a shared library after so:', 'absent');
    await builtNative(setup.root);
    const id = setup.backendId === undefined ? [] : ['--backend-id', setup.backendId];
    return hostLaunch(setup, library, [...id, '--name', 'so']);
  },
});
