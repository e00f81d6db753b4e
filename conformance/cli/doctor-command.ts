import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import type { Output } from './output.js';

interface Inspection {
  readonly ready: boolean;
}

/** What scripts/doctor.mjs exports: it works before anything is built, so it is no part of this. */
interface Doctor {
  readonly inspect: () => Promise<Inspection>;
  readonly formatInspection: (inspection: Inspection) => string;
  readonly runDoctor: (argv: string[]) => Promise<number>;
}

/** `trt-conformance doctor`. */
export function doctorCommand(root: string, _output: Output, end: (code: number) => void): Command {
  return new Command('doctor').option('--json', 'as JSON').action(async ({ json }: { json?: true }) => {
    const doctor = await loadDoctor(root);
    end(await doctor.runDoctor(json === true ? ['--json'] : []));
  });
}

/** The doctor's list as text, ending with a newline; empty when nothing is missing. */
export async function doctorReport(root: string): Promise<string> {
  const doctor = await loadDoctor(root);
  const inspection = await doctor.inspect();
  return inspection.ready ? '' : doctor.formatInspection(inspection);
}

async function loadDoctor(root: string): Promise<Doctor> {
  return (await import(pathToFileURL(join(root, 'scripts/doctor.mjs')).href)) as Doctor;
}
