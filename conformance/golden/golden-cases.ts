import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_CASES } from '../cases/all-cases.js';
import { outcomeFromJson } from '../wire/json/json-outcome.js';
import { loadFromJson } from '../wire/json/json-request.js';
import type { FixedCase } from '../model/fixed-case.js';
import type { Schemas } from '../spec/schemas.js';
import { MANIFEST, type Manifest } from './manifest.js';

/** What the authors of the cases expect that programs are kept for. */
const EXPECTATIONS = new Map(ALL_CASES.map(({ id, expectation }) => [id, expectation]));

/**
 * The kept programs as cases, one for each load, with the outcomes kept in the manifest. Empty when
 * there is no manifest.
 *
 * @throws DocumentError when the manifest breaks its schema.
 */
export function goldenCases(root: string, schemas: Schemas): FixedCase[] {
  if (!existsSync(join(root, MANIFEST))) return [];
  const { programs } = readManifest(root, schemas);
  return programs.flatMap(({ file, tier, loads }) => {
    const path = `golden/${file}`;
    const bytes = new Uint8Array(readFileSync(join(root, path)));
    return loads.map(({ id, title, clauses, kind, policy, request, expected }) => ({
      case: {
        id: `golden/${id}`,
        title,
        clauses,
        kind,
        request: { program: { kind: 'file', path, bytes } as const, ...loadFromJson(request) },
        ...(policy === undefined ? {} : { policy }),
        expectation: EXPECTATIONS.get(id) ?? null,
      },
      expected: outcomeFromJson(expected),
      perCaseProcess: tier === 'isolated',
    }));
  });
}

/**
 * The manifest below `root`.
 *
 * @throws DocumentError when it breaks its schema.
 */
export function readManifest(root: string, schemas: Schemas): Manifest {
  return schemas.parse('golden-manifest', readFileSync(join(root, MANIFEST), 'utf8'), MANIFEST) as Manifest;
}
