import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { packagePaths } from '../build/package-paths.mjs';

const SLOTS = path.join(packagePaths.native, 'tensorrt/slots.cpp');

/**
 * The TensorRT versions whose binary interface the native part knows, read from the one place that
 * says so: the `case` labels (major * 100 + minor) of SlotsForVersion() in
 * native/tensorrt/slots.cpp.
 *
 * @returns {Promise<string[]>} such as `10.6`
 */
export async function knownInterfaces() {
  const source = await readFile(SLOTS, 'utf8');
  return [...source.matchAll(/\bcase (\d{3,}):/g)].map((match) => {
    const release = Number(match[1]);
    return `${Math.trunc(release / 100)}.${release % 100}`;
  });
}
