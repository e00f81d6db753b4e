// npm run tensorrt:engine-builder: compiles native/engine-builder to native/build/engine-builder.
//
// Exit codes: 0 built or nothing to do, 4 there is no compiler or the sources do not compile.

import { BuildError, PrerequisiteError } from '../build/build-errors.mjs';
import { displayPath } from '../build/package-paths.mjs';
import { buildEngineBuilder, ENGINE_BUILDER } from './build-engine-builder.mjs';

const say = (/** @type {string} */ message) => {
  process.stderr.write(`tensorrt:engine-builder: ${message}\n`);
};

try {
  await buildEngineBuilder(say);
  process.stdout.write(`${displayPath(ENGINE_BUILDER)}\n`);
} catch (error) {
  if (!(error instanceof PrerequisiteError) && !(error instanceof BuildError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 4;
}
