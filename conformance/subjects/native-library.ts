import { join } from 'node:path';
import { nativeBuild } from '../native-home.js';
import { builtNative } from './built-native.js';

/** The shared library of the delegate, in native/build and in the folder of each mutant. */
export const DELEGATE_LIBRARY = 'libtensorrt_delegate.so';

/**
 * The absolute path of the library of our delegate, once there is one, or of a mutant, which is
 * built unless it is fresh.
 *
 * @param mutant null for the delegate itself
 * @throws SubjectError when there is no such mutant, or it cannot be built here.
 */
export async function nativeLibrary(root: string, mutant: string | null): Promise<string> {
  await builtNative(root);
  if (mutant === null) return join(nativeBuild(root), DELEGATE_LIBRARY);
  const { buildMutant } = await import('./build-mutant.js');
  return join(await buildMutant(root, mutant), DELEGATE_LIBRARY);
}
