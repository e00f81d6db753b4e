import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Schemas } from '../spec/schemas.js';
import type { PolicyOracles } from '../oracle/oracle.js';
import { buildRequest } from '../model/build-request.js';
import { outcomeToJson } from '../wire/json/json-outcome.js';
import { expectedGolden } from './expected-golden.js';
import { goldenCases } from './golden-cases.js';
import { sha256Of } from './make-golden.js';
import { MANIFEST, type GoldenProgram } from './manifest.js';
import { manifestText } from './write-golden.js';

/**
 * The largest program that is kept, in bytes; those of the exporter hold real plans and are larger.
 */
const MAX_BYTES = 50_000;

/**
 * What is wrong with golden/, a line each; empty when nothing is: every file is there with its
 * sha256 and size, none is there that the manifest does not list, none is too large, and writing
 * all anew would change nothing.
 *
 * @throws DocumentError when the manifest or the flags break their schema.
 */
export function checkGolden(root: string, schemas: Schemas, oracles: PolicyOracles): string[] {
  if (!existsSync(join(root, MANIFEST))) return [`${MANIFEST} is missing; run trt-conformance golden write`];
  const { manifest } = expectedGolden(root, schemas, oracles);
  const found = readFileSync(join(root, MANIFEST), 'utf8');
  const damaged = manifest.programs.flatMap((program) => checkFile(root, program));
  return [
    ...damaged,
    ...strayFiles(root, manifest.programs),
    ...(damaged.length > 0 ? [] : outcomeFaults(root, schemas, oracles)),
    ...(found === manifestText(manifest) ? [] : manifestFaults(found, manifest.programs)),
  ];
}

/** The loads whose kept outcome is not the one that the reference expects. */
function outcomeFaults(root: string, schemas: Schemas, oracles: PolicyOracles): string[] {
  return goldenCases(root, schemas)
    .filter(({ case: one, expected }) => {
      const now = JSON.stringify(outcomeToJson(oracles[one.policy ?? 'upstream'](buildRequest(one.request))));
      return expected !== null && now !== JSON.stringify(outcomeToJson(expected));
    })
    .map(({ case: { id } }) => `the stored outcome of ${id} differs from the reference`);
}

function checkFile(root: string, { file, sha256, size, origin }: GoldenProgram): string[] {
  const path = join(root, 'golden', file);
  if (!existsSync(path)) return [`golden/${file} is missing`];
  const bytes = readFileSync(path);
  const faults = [];
  if (bytes.length !== size) faults.push(`golden/${file} has ${bytes.length} bytes, not ${size}`);
  if (sha256Of(bytes) !== sha256)
    faults.push(`golden/${file} has a different sha256 from its manifest or its case`);
  if (size > MAX_BYTES && origin !== 'exporter')
    faults.push(`golden/${file} has ${size} bytes, more than ${MAX_BYTES}`);
  return faults;
}

function strayFiles(root: string, programs: readonly GoldenProgram[]): string[] {
  const listed = new Set(programs.map(({ file }) => file));
  const folder = join(root, 'golden/programs');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .map((name) => `programs/${name}`)
    .filter((file) => !listed.has(file))
    .map((file) => `golden/${file} is not in the manifest`);
}

/** The loads whose line in the manifest is not the one that would be written. */
function manifestFaults(found: string, programs: readonly GoldenProgram[]): string[] {
  const lines = new Set(found.split('\n').map((line) => line.trim().replace(/,$/, '')));
  const changed = programs.flatMap(({ file, loads }) =>
    loads
      .filter((load) => !lines.has(JSON.stringify(load)))
      .map(({ id }) => `${MANIFEST} disagrees with the case and the reference about ${id} (${file})`),
  );
  return changed.length > 0 ? changed : [`${MANIFEST} differs from what golden write would write`];
}
