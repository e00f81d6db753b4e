import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProgram } from '../../reference/index.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { OptionsMap, Step } from '../../reference/request/load-request.js';
import type { Case } from '../model/case.js';
import { BACKEND, BUDGET } from '../model/names.js';
import type { PolicyOracles } from '../oracle/oracle.js';
import { goldenEntry, goldenLoad, type MadeProgram } from './make-golden.js';
import type { Flags, GoldenProgram } from './manifest.js';

/** The clause that each program stands for first. */
const CLAUSES: Readonly<Record<string, ClauseId>> = {
  budget_key_with_nul: 'WSB-PREC-11',
  budget_of_an_enum: 'WSB-PARSE-07',
  one_engine_automatic: 'WSB-PREC-05',
  one_engine_budget_8192: 'WSB-PREC-04',
  resident_engine_budget_100: 'WSB-APPLY-07',
  three_layers_256_budget_0_inline: 'WSB-PROG-03',
  two_engines_budget_8192: 'WSB-PROG-04',
  two_engines_on_host_budget_6000: 'WSB-DEV-08',
};

/**
 * What is tried with each program of the released exporter, beside loading it: options, and a
 * module that has them.
 */
const OPTIONS: readonly (string | null)[] = [null, '700', '+700', ''];

/**
 * The programs that real exporters wrote, as they are. ExecuTorch's own wrote those around real
 * TensorRT plans, which the simulator knows by their sha256, and those for the reader of the
 * format, whose delegates hold no valid blob; they are loaded method by method. The released
 * exporter of torch-tensorrt wrote those around scripted plans, which are executed too, with
 * options and without.
 */
export function exporterPrograms(root: string, oracles: PolicyOracles, flags: Flags): MadeProgram[] {
  const made = (folder: string, tier: GoldenProgram['tier'], cases: typeof loadCases): MadeProgram[] =>
    programsOf(root, folder).map(({ file, bytes }) => {
      const loads = cases(file, bytes).map((one) => goldenLoad(one, oracles));
      return { bytes, entry: goldenEntry(file, bytes, 'exporter', tier, loads, flags) };
    });
  return [
    ...made('exporter', 'recorded', loadCases),
    ...made('exporter/layouts', 'simulated', loadCases),
    ...made('exporter/released', 'simulated', releasedCases),
  ];
}

function programsOf(root: string, folder: string): { readonly file: string; readonly bytes: Uint8Array }[] {
  const files = readdirSync(join(root, 'golden', folder)).filter((name) => name.endsWith('.pte'));
  return files.sort().map((name) => {
    const file = `${folder}/${name}`;
    return { file, bytes: new Uint8Array(readFileSync(join(root, 'golden', file))) };
  });
}

function loadCases(file: string, bytes: Uint8Array): Case[] {
  const clause = CLAUSES[nameOf(file)];
  return [
    {
      id: file.replace(/\.pte$/, ''),
      title: `the exporter's ${nameOf(file)}`,
      clauses: [clause ?? 'WSB-FAIL-01'],
      kind: clause === undefined ? 'violation' : 'control',
      request: request(
        file,
        bytes,
        methodNames(bytes).map((method) => ({ op: 'load', method, options: null })),
      ),
      expectation: null,
    },
  ];
}

function releasedCases(file: string, bytes: Uint8Array): Case[] {
  const clause = CLAUSES[nameOf(file)] ?? 'WSB-DEV-01';
  const cases = [false, true].flatMap((isModule) => OPTIONS.map((option) => ({ isModule, option })));
  return cases.map(({ isModule, option }) => {
    const options = option === null ? null : budgetOption(option);
    const steps = methodNames(bytes).flatMap((method): Step[] => [
      { op: 'load', method, options: isModule ? null : options },
      { op: 'execute', method },
      { op: 'unload', method },
    ]);
    const how = `${isModule ? 'module' : 'program'},option=${option === null ? 'none' : JSON.stringify(option)}`;
    const made = request(file, bytes, steps);
    return {
      id: `${file.replace(/\.pte$/, '')}/${how}`,
      title: `the released exporter's ${nameOf(file)}`,
      clauses: [clause],
      kind: option === '+700' ? 'violation' : 'control',
      request: isModule ? { ...made, module: { options } } : made,
      expectation: null,
    };
  });
}

function budgetOption(text: string): OptionsMap {
  const value = { type: 'string' as const, bytes: new TextEncoder().encode(text) };
  return [{ backend: BACKEND, via: 'builder', options: [{ key: BUDGET, value }] }];
}

function request(file: string, bytes: Uint8Array, steps: readonly Step[]): Case['request'] {
  return {
    program: { kind: 'file', path: `golden/${file}`, bytes },
    verification: 'internal-consistency',
    device: { totalBytes: 2n ** 40n, freeBytes: 2n ** 40n, faults: [] },
    module: null,
    steps,
  };
}

/** The name of a file without folder and extension. */
function nameOf(file: string): string {
  return /[^/]+(?=\.pte$)/.exec(file)?.[0] ?? file;
}

function methodNames(bytes: Uint8Array): string[] {
  const read = readProgram(bytes);
  return read.ok ? read.program.methods.map(({ name }) => name) : [];
}
