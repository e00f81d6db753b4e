import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Case } from '../model/case.js';
import { DocumentError, loadSchemas } from '../spec/schemas.js';
import { caseFromJson, type CaseJson } from '../wire/json/json-case.js';
import { visible, visibleLine } from '../model/visible-text.js';
import { UsageError } from './output.js';

/**
 * Reads a case from a file.
 *
 * @throws UsageError when the file is missing or is not a case.
 */
export function readCase(root: string, file: string): Case {
  try {
    const json = loadSchemas(root).parse('case', readFileSync(file, 'utf8'), file) as CaseJson;
    return caseFromJson(json, (path) => new Uint8Array(readFileSync(join(root, path))));
  } catch (cause) {
    if (cause instanceof DocumentError) throw new UsageError(visibleLine(cause.message), { cause });
    throw new UsageError(visible`${file} cannot be read as a case: ${messageOf(cause)}`, { cause });
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
