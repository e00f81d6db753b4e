import { buildTool, toolPath } from './build-tool.mjs';

const TOOL = Object.freeze({
  name: 'recorder',
  folders: ['recorder', 'tensorrt'],
  files: ['simulator/core/sha256.cpp', 'simulator/core/sha256.h', 'simulator/control.h'],
});

/** The tool that writes down what a TensorRT answers, and replays it on the simulated one. */
export const RECORDER = toolPath(TOOL);

/**
 * Compiles native/recorder unless nothing changed.
 *
 * @param {(message: string) => void} say
 * @returns {Promise<'fresh' | 'built'>}
 * @throws {import('../build/build-errors.mjs').PrerequisiteError} no compiler
 * @throws {import('../build/build-errors.mjs').BuildError} the sources do not compile
 */
export async function buildRecorder(say) {
  return buildTool(TOOL, say);
}
