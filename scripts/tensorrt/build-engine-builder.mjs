import { buildTool, toolPath } from './build-tool.mjs';

const TOOL = Object.freeze({ name: 'engine-builder', folders: ['engine-builder', 'tensorrt'], files: [] });

/** The tool that makes TensorRT plans on a machine with a GPU. */
export const ENGINE_BUILDER = toolPath(TOOL);

/**
 * Compiles native/engine-builder unless nothing changed.
 *
 * @param {(message: string) => void} say
 * @returns {Promise<'fresh' | 'built'>}
 * @throws {import('../build/build-errors.mjs').PrerequisiteError} no compiler
 * @throws {import('../build/build-errors.mjs').BuildError} the sources do not compile
 */
export async function buildEngineBuilder(say) {
  return buildTool(TOOL, say);
}
