import { createHash } from 'node:crypto';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import { type Case, isDamaged } from '../model/case.js';
import { buildRequest } from '../model/build-request.js';
import { outcomeToJson } from '../wire/json/json-outcome.js';
import { loadToJson } from '../wire/json/json-request.js';
import type { PolicyOracles } from '../oracle/oracle.js';
import type { Flags, GoldenLoad, GoldenProgram } from './manifest.js';

const NAME_DIGITS = 8;

/** A program file and its entry in the manifest. */
export interface MadeProgram {
  readonly entry: GoldenProgram;
  readonly bytes: Uint8Array;
}

/**
 * The golden programs that cases make: each program once, with all the loads that cases try with
 * it. The name of a file comes from the case that needs it first and from its content.
 */
export function makeGolden(cases: readonly Case[], oracles: PolicyOracles, flags: Flags): MadeProgram[] {
  const programs = new Map<
    string,
    { bytes: Uint8Array; first: Case; damaged: boolean; loads: GoldenLoad[] }
  >();
  for (const one of cases) {
    const request = buildRequest(one.request);
    const sha256 = sha256Of(request.program);
    const program = programs.get(sha256) ?? {
      bytes: request.program,
      first: one,
      damaged: true,
      loads: [],
    };
    program.loads.push(goldenLoad(one, oracles));
    program.damaged &&= isDamaged(one);
    programs.set(sha256, program);
  }
  return [...programs].map(([sha256, { bytes, first, damaged, loads }]) => {
    const file = `programs/${fileStem(first)}-${sha256.slice(0, NAME_DIGITS)}.pte`;
    const tier = damaged ? 'isolated' : 'simulated';
    return { bytes, entry: goldenEntry(file, bytes, 'written', tier, loads, flags) };
  });
}

/**
 * The entry of a program in the manifest; its clauses are those of its loads, its flags those of
 * its clauses.
 */
export function goldenEntry(
  file: string,
  bytes: Uint8Array,
  origin: GoldenProgram['origin'],
  tier: GoldenProgram['tier'],
  loads: readonly GoldenLoad[],
  flags: Flags,
): GoldenProgram {
  const clauses = [...new Set(loads.flatMap((load) => load.clauses))].sort();
  return {
    file,
    sha256: sha256Of(bytes),
    size: bytes.length,
    origin,
    tier,
    clauses,
    flags: flagsOf(clauses, flags),
    loads,
  };
}

/** A load of a program as the manifest holds it, with the outcome that the oracle expects. */
export function goldenLoad(
  { id, title, clauses, kind, request, policy }: Case,
  oracles: PolicyOracles,
): GoldenLoad {
  const expected = outcomeToJson(oracles[policy ?? 'upstream'](buildRequest(request)));
  return {
    id,
    title,
    clauses,
    kind,
    ...(policy === undefined ? {} : { policy }),
    request: loadToJson(request),
    expected,
  };
}

/** SHA-256 in hexadecimal. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function flagsOf(clauses: readonly ClauseId[], flags: Flags): string[] {
  return Object.entries(flags)
    .filter(([, flag]) => flag.clauses.some((clause) => clauses.includes(clause)))
    .map(([name]) => name)
    .sort();
}

/** `parse-03-violation` of `WSB-PARSE-03/violation/…`. */
function fileStem({ id }: Case): string {
  const [clause = '', kind = ''] = id.split('/');
  return `${clause.replace(/^WSB-/, '')}-${kind}`.toLowerCase();
}
