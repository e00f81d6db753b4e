import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../files/make-folder.js';
import { replaceFile } from '../files/replace-file.js';
import type { Finding } from '../model/finding.js';

/** The file of a report in its folder. */
export const REPORT = 'report.jsonl';

/** How hostile files ended: not in the report, because it differs from run to run. */
export const HOSTILE = 'hostile.jsonl';

/** The folder of the cases of findings in the folder of a report. */
export const FINDINGS = 'findings';

/**
 * Makes the folder of a report ready: what an earlier run left there goes, so that a run that is
 * interrupted never looks complete. Throws the error of the file system when the folder cannot be
 * written.
 */
export function clearReport(folder: string): void {
  makeFolder(folder);
  for (const file of [REPORT, HOSTILE]) rmSync(join(folder, file), { force: true });
  rmSync(join(folder, FINDINGS), { recursive: true, force: true });
}

/** Moves a report to a folder of its own below its own, named for what and when; gives its path. */
export function setAside(folder: string, what: 'incomplete' | 'damaged', time: string): string {
  const name = `${what}-${time.replace(/[^0-9TZ]/g, '')}`;
  let aside = join(folder, name);
  for (let n = 2; existsSync(aside); n++) aside = join(folder, `${name}-${n}`);
  mkdirSync(aside);
  for (const file of [REPORT, HOSTILE, FINDINGS]) {
    if (existsSync(join(folder, file))) renameSync(join(folder, file), join(aside, file));
  }
  return aside;
}

/** Where the case of a finding is written, to be replayed: a path in the folder of the report. */
export function findingFile(folder: string, { fingerprint }: Finding): string {
  return join(folder, FINDINGS, `${fingerprint}.json`);
}

/**
 * Writes a report in one step: a runner that is killed here leaves the one that was there. Gives
 * the path of its file, which is a new one.
 */
export function writeReport(folder: string, lines: readonly string[]): string {
  replaceFile(join(folder, REPORT), linesText(lines));
  return join(folder, REPORT);
}

/** Lines as the text of a file. */
export function linesText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
