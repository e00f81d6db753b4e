import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../files/make-folder.js';
import { writeNewFile } from '../files/new-file.js';
import type { Case } from '../model/case.js';
import { type CaseJson, caseFromJson, caseToJson } from '../wire/json/json-case.js';
import type { Finding } from '../model/finding.js';
import type { Schemas } from '../spec/schemas.js';

/**
 * The cases kept in golden/regressions, in the order of their names: each once showed a fault, and
 * none is ever deleted.
 */
export function loadRegressions(root: string, schemas: Schemas): Case[] {
  const folder = join(root, 'golden/regressions');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const file = join(folder, name);
      const json = schemas.parse('case', readFileSync(file, 'utf8'), file) as CaseJson;
      return caseFromJson(json, (path) => readFileSync(join(root, path)));
    });
}

/**
 * Writes the smallest case of each finding to a folder, which is made when it is not there. A case
 * that is kept already stays as it is.
 */
export function writeRegressions(folder: string, findings: readonly Finding[]): void {
  if (findings.length > 0) makeFolder(folder);
  for (const { case: one, fingerprint } of findings) {
    const file = join(folder, `${fingerprint}.json`);
    if (!existsSync(file)) writeNewFile(file, `${JSON.stringify(caseToJson(one), null, 2)}\n`);
  }
}
