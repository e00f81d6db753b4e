// npm run tensorrt:recorder: compiles native/recorder to native/build/recorder.
//
// Exit codes: 0 built or nothing to do, 4 there is no compiler or the sources do not compile.

import { BuildError, PrerequisiteError } from '../build/build-errors.mjs';
import { displayPath } from '../build/package-paths.mjs';
import { buildRecorder, RECORDER } from './build-recorder.mjs';

const say = (/** @type {string} */ message) => {
  process.stderr.write(`tensorrt:recorder: ${message}\n`);
};

try {
  await buildRecorder(say);
  process.stdout.write(`${displayPath(RECORDER)}\n`);
} catch (error) {
  if (!(error instanceof PrerequisiteError) && !(error instanceof BuildError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 4;
}
