import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProgram } from '../../reference/index.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Case } from '../model/case.js';
import type { PolicyOracles } from '../oracle/oracle.js';
import { goldenEntry, goldenLoad, type MadeProgram } from './make-golden.js';
import type { Flags, GoldenProgram } from './manifest.js';

/** The clause that each program with a real plan stands for first. */
const CLAUSES: Readonly<Record<string, ClauseId>> = {
  one_engine_automatic: 'WSB-PREC-05',
  one_engine_budget_8192: 'WSB-PREC-04',
  resident_engine_budget_100: 'WSB-APPLY-07',
  three_layers_256_budget_0_inline: 'WSB-PROG-03',
  two_engines_budget_8192: 'WSB-PROG-04',
};

/**
 * The programs that ExecuTorch's own exporter wrote, loaded as they are, method by method: those
 * around real TensorRT plans, which the simulator knows by their sha256, and those for the reader
 * of the format, whose delegates hold no valid blob.
 */
export function exporterPrograms(root: string, oracles: PolicyOracles, flags: Flags): MadeProgram[] {
  return [
    ...programsOf(root, 'exporter', 'recorded', oracles, flags),
    ...programsOf(root, 'exporter/layouts', 'simulated', oracles, flags),
  ];
}

function programsOf(
  root: string,
  folder: string,
  tier: GoldenProgram['tier'],
  oracles: PolicyOracles,
  flags: Flags,
): MadeProgram[] {
  const files = readdirSync(join(root, 'golden', folder)).filter((name) => name.endsWith('.pte'));
  return files.sort().map((name) => {
    const file = `${folder}/${name}`;
    const bytes = new Uint8Array(readFileSync(join(root, 'golden', file)));
    const load = goldenLoad(exporterCase(file, bytes), oracles);
    return { bytes, entry: goldenEntry(file, bytes, 'exporter', tier, [load], flags) };
  });
}

function exporterCase(file: string, bytes: Uint8Array): Case {
  const [name = file] = /[^/]+(?=\.pte$)/.exec(file) ?? [];
  const clause = CLAUSES[name];
  return {
    id: file.replace(/\.pte$/, ''),
    title: `the exporter's ${name}`,
    clauses: [clause ?? 'WSB-FAIL-01'],
    kind: clause === undefined ? 'violation' : 'control',
    request: {
      program: { kind: 'file', path: `golden/${file}`, bytes },
      verification: 'internal-consistency',
      device: { totalBytes: 2n ** 40n, freeBytes: 2n ** 40n, faults: [] },
      module: null,
      steps: methodNames(bytes).map((method) => ({ op: 'load', method, options: null })),
    },
    expectation: null,
  };
}

function methodNames(bytes: Uint8Array): string[] {
  const read = readProgram(bytes);
  return read.ok ? read.program.methods.map(({ name }) => name) : [];
}
