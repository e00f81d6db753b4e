import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_CASES } from '../cases/all-cases.js';
import type { Schemas } from '../spec/schemas.js';
import { SPECIFICATION } from '../specification-version.js';
import type { PolicyOracles } from '../oracle/oracle.js';
import { exporterPrograms } from './exporter-programs.js';
import { readManifest } from './golden-cases.js';
import { makeGolden, type MadeProgram } from './make-golden.js';
import { FLAGS, MANIFEST, type Flags, type GoldenProgram, type Manifest } from './manifest.js';

/** What golden/ has to hold: the manifest, and the files that are written by the suite itself. */
export interface ExpectedGolden {
  readonly manifest: Manifest;
  readonly written: readonly MadeProgram[];
}

/**
 * What golden/ has to hold, made from the cases and the exporter's programs. Nothing that is kept
 * is given up: a program of the manifest with loads that no case makes any more stays in it as a
 * regression, with these.
 *
 * @throws DocumentError when the flags or the manifest break their schema.
 */
export function expectedGolden(root: string, schemas: Schemas, oracles: PolicyOracles): ExpectedGolden {
  const flags = schemas.parse('golden-flags', readFileSync(join(root, FLAGS), 'utf8'), FLAGS) as Flags;
  const written = makeGolden(ALL_CASES, oracles, flags);
  const exported = exporterPrograms(root, oracles, flags);
  const made = [...exported, ...written].map(({ entry }) => entry);
  const kept = existsSync(join(root, MANIFEST)) ? readManifest(root, schemas).programs : [];
  const programs = [...made, ...regressions(kept, made)].sort((a, b) => (a.file < b.file ? -1 : 1));
  return { manifest: { version: 1, specification: SPECIFICATION, programs }, written };
}

function regressions(kept: readonly GoldenProgram[], made: readonly GoldenProgram[]): GoldenProgram[] {
  const files = new Set(made.map(({ file }) => file));
  // A program is named after the first clause of its cases, so another case can move it.
  const ids = new Set(made.flatMap(({ loads }) => loads.map(({ id }) => id)));
  return kept
    .filter(({ file }) => !files.has(file))
    .map((entry) => ({ ...entry, loads: entry.loads.filter(({ id }) => !ids.has(id)) }))
    .filter(({ loads }) => loads.length > 0)
    .map((entry) => ({ ...entry, origin: 'regression' }));
}
