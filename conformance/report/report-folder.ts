import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from '../files/folder-lock.js';
import { removeLeftTemporaries } from '../files/left-temporaries.js';
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
 * Makes the folder of a report, takes it for this process alone, and removes what one that was
 * killed amid a write left there; gives what gives the folder back.
 *
 * @param what what it is taken for, such as `a run`
 * @throws FileError when another process that lives has it, else the error of the file system
 */
export function holdReportFolder(folder: string, what: string): () => void {
  makeFolder(folder);
  const unlock = lockFolder(folder, what);
  try {
    for (const each of [folder, join(folder, FINDINGS)]) removeLeftTemporaries(each);
  } catch (error) {
    unlock();
    throw error;
  }
  return unlock;
}

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

/**
 * Moves a report to a folder of its own below its own, named for what and when; gives its path. The
 * report itself goes last: a process that is killed here leaves one that is moved on by the next.
 */
export function setAside(folder: string, what: 'incomplete' | 'damaged', time: string): string {
  const name = `${what}-${time.replace(/[^0-9TZ]/g, '')}`;
  let aside = join(folder, name);
  for (let n = 2; existsSync(join(aside, REPORT)); n++) aside = join(folder, `${name}-${n}`);
  makeFolder(aside);
  for (const file of [HOSTILE, FINDINGS, REPORT]) {
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
