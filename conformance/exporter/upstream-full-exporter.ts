import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { quote } from 'shlex';
import { nativeHome } from '../native-home.js';
import { reaperBelow } from '../process/launch.js';
import { neededFile } from '../subjects/host-launch.js';
import type { ExporterKind } from './exporter-kind.js';
import { processExporter } from './process-exporter.js';

/**
 * Where `python3 native/python/make_environment.py` is told to make the environment, below the
 * folder of what is built.
 */
const ENVIRONMENT = '.deps/exporter';

/** Milliseconds that the import of torch may take, and a request. */
const WAITS = { hello: 180_000, case: 120_000 };

/**
 * The released exporter of torch-tensorrt with torch and ExecuTorch, in an environment of its own,
 * which is made on request alone: it is large.
 */
export const UPSTREAM_FULL_EXPORTER: ExporterKind = {
  prefix: 'upstream-full',
  names: {
    'upstream-full': 'the same, whole, with torch and ExecuTorch',
    'upstream-full:FOLDER': 'the same, in the virtual environment FOLDER',
  },
  open: (chosen, detail, setup) => {
    const { root, limits, isTimed } = setup;
    const environment = detail ?? join(nativeHome(root), ENVIRONMENT);
    const made = [join(root, 'native/python/make_environment.py'), environment].map(quote);
    const advice = `Make the environment: python3 ${made.join(' ')} --exporter (1.7 GB)`;
    const launch = {
      program: neededFile(join(environment, 'bin/python'), advice),
      args: ['-I', join(root, 'native/exporter/upstream_full_exporter.py')],
      reaper: reaperBelow(root),
      env: { LD_LIBRARY_PATH: librariesOf(environment) },
    };
    const waits = { ...limits, hello: WAITS.hello, case: isTimed ? limits.case : WAITS.case };
    return processExporter({ name: 'upstream-full-exporter', chosen }, launch, { ...setup, limits: waits });
  },
};

/** Where an environment has its stand-ins for the libraries of TensorRT; empty without them. */
function librariesOf(environment: string): string {
  const lib = join(environment, 'lib');
  const [python] = existsSync(lib) ? readdirSync(lib).filter((name) => name.startsWith('python3')) : [];
  return python === undefined ? '' : join(lib, python, 'site-packages/tensorrt_libs');
}
