import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { caseToJson } from '../wire/json/json-case.js';
import type { Finding } from '../model/finding.js';

/** The file of a report in its folder. */
export const REPORT = 'report.jsonl';

/** How hostile files ended: apart from the report, because it is undefined and differs from run to run. */
export const HOSTILE = 'hostile.jsonl';

/** The folder of the cases of findings in the folder of a report. */
export const FINDINGS = 'findings';

/**
 * Makes the folder of a report ready: what an earlier run left there goes, so that a run that is interrupted never looks complete.
 * Throws the error of the file system when the folder cannot be written.
 */
export function clearReport(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const file of [REPORT, HOSTILE]) rmSync(join(folder, file), { force: true });
  rmSync(join(folder, FINDINGS), { recursive: true, force: true });
}

/** Where the case of a finding is written, to be replayed: a path in the folder of the report. */
export function findingFile(folder: string, { fingerprint }: Finding): string {
  return join(folder, FINDINGS, `${fingerprint}.json`);
}

/**
 * Writes the cases of the findings and how the hostile files ended, then the report in one step: it is there with its footer or not
 * at all.
 */
export function writeReport(
  folder: string,
  lines: readonly object[],
  findings: readonly Finding[],
  hostile: readonly object[] = [],
): void {
  for (const finding of findings) {
    mkdirSync(join(folder, FINDINGS), { recursive: true });
    const text = JSON.stringify(caseToJson(finding.case), null, 2);
    writeFileSync(findingFile(folder, finding), `${text}\n`);
  }
  if (hostile.length > 0) writeFileSync(join(folder, HOSTILE), textOf(hostile));
  const temporary = join(folder, `${REPORT}.${process.pid}.tmp`);
  writeFileSync(temporary, textOf(lines));
  renameSync(temporary, join(folder, REPORT));
}

function textOf(lines: readonly object[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
