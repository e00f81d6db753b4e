import { PrerequisiteError } from './build-errors.mjs';
import { withBuildLock } from './build-lock.mjs';
import { requireExecuTorch } from './executorch.mjs';

/**
 * Runs `work` with the flatbuffers compiler; when that can't be had, says so and ends with exit
 * code 4.
 *
 * @param {(tools: {flatc: string, schema: string}) => Promise<void>} work
 */
export async function withFlatc(work) {
  try {
    await work(await requireFlatc());
  } catch (error) {
    if (!(error instanceof PrerequisiteError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 4;
  }
}

/**
 * The flatbuffers compiler and the program schema of the ExecuTorch wheel; fetches the wheel when
 * it is not there yet.
 *
 * @returns {Promise<{flatc: string, schema: string}>} flatc and the folder of program.fbs
 * @throws {PrerequisiteError}
 */
async function requireFlatc() {
  const say = (/** @type {string} */ message) => void process.stderr.write(`${message}\n`);
  const { flatc, schema, root } = await withBuildLock(say, () => requireExecuTorch(say));
  if (flatc !== null && schema !== null) return { flatc, schema };
  throw new PrerequisiteError([
    {
      what: `No flatc: the ExecuTorch runtime in ${root} has no data/bin/flatc or no schema/program.fbs.`,
      remedy:
        'Let EXECUTORCH_ROOT name the executorch folder of a whole wheel, or unset it to have it fetched.',
    },
  ]);
}
