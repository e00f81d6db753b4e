import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildRequest } from '../model/build-request.js';
import type { Case } from '../model/case.js';
import { outcomeLines } from '../model/outcome-lines.js';
import { requestLines } from '../model/request-lines.js';
import { decodeOutcome } from '../wire/decode-outcome.js';
import { encodedOutcome } from '../wire/encode-outcome.js';
import { caseFromJson, type CaseJson } from '../wire/json/json-case.js';
import { packageOf } from '../report/header.js';
import { incidentLines } from '../report/incident-lines.js';
import type { Mismatch } from '../model/mismatch.js';
import { replayCase } from '../run/replay-case.js';
import { DocumentError } from '../spec/document-error.js';
import { underPolicy } from '../oracle/under-policy.js';
import { loadSchemas } from '../spec/schemas.js';
import { openSubject } from '../subjects/open-subject.js';
import { EXIT } from '../run/exit-code.js';
import type { Output } from './output.js';
import type { SuiteOptions } from './run-suite.js';
import { UsageError } from './usage-error.js';

/**
 * Runs one case from a file and shows what was expected and what was observed.
 *
 * @returns the exit code: 0 when the subject does what is expected, 1 when it does not
 * @throws UsageError when the file is missing or is no case.
 */
export async function replay(
  root: string,
  { subject, backendId, policy }: Pick<SuiteOptions, 'subject' | 'backendId' | 'policy'>,
  file: string,
  { out }: Output,
): Promise<number> {
  const one = readCase(root, file);
  const opened = await openSubject(subject, root, packageOf(root).version, {
    ...(backendId === undefined ? {} : { backendId }),
    ...(policy === undefined ? {} : { policy }),
  });
  const { expected: fixed } = underPolicy({ case: one, expected: null }, opened.policies);
  const wanted = encodedOutcome(fixed ?? opened.oracle(buildRequest(one.request)));
  const mismatch = (await replayCase(opened, one, wanted)) ?? undefined;
  await opened.subject.close();
  const lines = [
    `${one.id} (${one.clauses.join(', ')}), subject ${opened.subject.name}`,
    ...requestLines(one.request).map((line) => `  ${line}`),
    'expected',
    ...outcomeLines(decodeOutcome(mismatch?.expected ?? wanted)).map((line) => `  ${line}`),
  ];
  if (mismatch !== undefined) {
    lines.push('observed', ...observedLines(mismatch).map((line) => `  ${line}`));
  }
  lines.push(mismatch === undefined ? 'pass' : (mismatch.incident?.kind ?? 'fail'));
  out(`${lines.join('\n')}\n`);
  return mismatch === undefined ? EXIT.conforms : EXIT.doesNotConform;
}

function observedLines({ incident, observed }: Mismatch): readonly string[] {
  return incident === undefined ? outcomeLines(decodeOutcome(observed)) : incidentLines(incident);
}

/**
 * Reads a case from a file.
 *
 * @throws UsageError when the file is missing or is no case.
 */
export function readCase(root: string, file: string): Case {
  try {
    const json = loadSchemas(root).parse('case', readFileSync(file, 'utf8'), file) as CaseJson;
    return caseFromJson(json, (path) => new Uint8Array(readFileSync(join(root, path))));
  } catch (cause) {
    if (cause instanceof DocumentError) throw new UsageError(cause.message, { cause });
    throw new UsageError(`${file} cannot be read as a case: ${messageOf(cause)}`, { cause });
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
