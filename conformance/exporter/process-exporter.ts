import type { Launch } from '../process/launch.js';
import { splitCommand } from '../subjects/executable.js';
import { runnableProgram } from '../subjects/runnable-program.js';
import { reaperBelow } from '../process/launch.js';
import type { ExporterKind, ExporterSetup } from './exporter-kind.js';
import type { Exporter } from './exporter.js';
import { ExporterProcess } from './exporter-process.js';

/** Any program that speaks spec/exporter-protocol.md. */
export const EXECUTABLE_EXPORTER: ExporterKind = {
  prefix: 'exec',
  names: { 'exec:COMMAND': 'a program that speaks the protocol of exporters' },
  open: (chosen, detail, setup) => {
    const [program, ...args] = splitCommand(detail ?? '');
    const launch = {
      program: runnableProgram(program, process.env['PATH'] ?? ''),
      args,
      reaper: reaperBelow(setup.root),
    };
    return processExporter({ name: chosen, chosen }, launch, setup);
  },
};

/**
 * An exporter in a process of its own.
 *
 * @throws SubjectError when it does not start, or its hello is none.
 */
export async function processExporter(
  names: Pick<Exporter, 'name' | 'chosen'>,
  launch: Launch,
  { limits, schemas, env }: Pick<ExporterSetup, 'limits' | 'schemas' | 'env'>,
): Promise<Exporter> {
  const process = new ExporterProcess({ launch: { ...launch, passes: env }, limits, schemas });
  const { name, versions, capabilities } = await process.open();
  return {
    ...names,
    versions: Object.keys(versions).length > 0 ? versions : { [name]: 'unversioned' },
    files: [launch.program, ...launch.args],
    capabilities,
    ask: (request) => process.ask(request),
    close: () => process.close(),
  };
}
