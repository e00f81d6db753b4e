import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Step } from '../run/state/step.js';
import type { Header } from '../run/header.js';
import { clearReport, FINDINGS, HOSTILE, REPORT } from './write-report.js';

/** Begins the report of a new run in a folder that was made ready; gives the path of its file. */
export function beginReport(folder: string, header: Header): string {
  clearReport(folder);
  return writeWhole(folder, [JSON.stringify(header)]);
}

/** Leaves in a report that is under way only the lines given; gives the path of its file, which is a new one. */
export function reopenReport(folder: string, lines: readonly string[]): string {
  return writeWhole(folder, lines);
}

/** Moves the report in a folder to one of its own below it, named for what it is and for when; gives its path. */
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

/** How many cases were counted in these steps. */
export function countedCases(steps: readonly Step[]): number {
  return steps.reduce((sum, { cases }) => sum + cases, 0);
}

/** In one step: a runner that is killed here leaves the report as it was. */
function writeWhole(folder: string, lines: readonly string[]): string {
  const temporary = join(folder, `${REPORT}.${process.pid}.tmp`);
  writeFileSync(temporary, lines.map((line) => `${line}\n`).join(''));
  renameSync(temporary, join(folder, REPORT));
  return join(folder, REPORT);
}
