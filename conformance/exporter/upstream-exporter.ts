import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SubjectError } from '../model/subject-error.js';
import { visible } from '../model/visible-text.js';
import { nativeHome } from '../native-home.js';
import { reaperBelow } from '../process/launch.js';
import { runnableProgram } from '../subjects/runnable-program.js';
import type { ExporterKind } from './exporter-kind.js';
import { processExporter } from './process-exporter.js';

/**
 * Version of the wheel of torch-tensorrt that the exporter comes from (scripts/build/wheels.json).
 */
const VERSION = '2.14.0';

/** A file of the exporter in the wheel, below the folder where that is unpacked. */
const PROOF = 'torch_tensorrt/executorch/partitioner.py';

/**
 * The exporter that torch-tensorrt releases, unmodified, on stand-ins for torch and ExecuTorch; it
 * is fetched when it is not there yet.
 */
export const UPSTREAM_EXPORTER: ExporterKind = {
  prefix: 'upstream',
  names: { upstream: 'the released exporter of torch-tensorrt, unmodified, without torch' },
  open: async (chosen, detail, setup) => {
    if (detail !== null) {
      throw new SubjectError(
        'unknown',
        visible`The exporter upstream has no variant ${detail}. Leave it out.`,
      );
    }
    const { root } = setup;
    const wheel = await fetchedWheel(root);
    const launch = {
      program: runnableProgram('python3', process.env['PATH'] ?? ''),
      args: ['-I', join(root, 'native/exporter/upstream_exporter.py'), wheel, VERSION],
      reaper: reaperBelow(root),
    };
    return processExporter({ name: 'upstream-exporter', chosen }, launch, setup);
  },
};

async function fetchedWheel(root: string): Promise<string> {
  const wheel = join(nativeHome(root), `.deps/upstream-torch-tensorrt-${VERSION}`);
  if (existsSync(join(wheel, PROOF))) return wheel;
  const { execa } = await import('execa');
  const args = ['scripts/build.mjs', '--native-only', '--upstream-exporter'];
  const fetched = await execa(process.execPath, args, { cwd: root, reject: false, all: true });
  if (fetched.exitCode === 0) return wheel;
  throw new SubjectError('missing', `The exporter of torch-tensorrt cannot be had:\n${fetched.all}`);
}
