import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SPECIFICATION } from '../specification-version.js';
import type { Subject } from '../subjects/subject.js';

/** The first line of a report (spec/schemas/report.schema.json): what was run, with what, where and when. */
export interface Header {
  readonly record: 'header';
  readonly format: 1;
  readonly specification: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly subject: { readonly name: string; readonly versions: Readonly<Record<string, string>> };
  readonly oracle: 'reference';
  readonly seed: string;
  /** Generated cases asked for, at program depth and at decision depth. */
  readonly generated: number;
  readonly decisions: number;
  readonly filter: string | null;
  readonly machine: { readonly platform: string; readonly architecture: string; readonly node: string };
  /** Time in UTC. */
  readonly started: string;
}

/** Name and version of this package, from the package.json in `root`. */
export function packageOf(root: string): { readonly name: string; readonly version: string } {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Header['tool'];
  return { name, version };
}

/** The header of a run that starts now. */
export function headerOf(
  tool: Header['tool'],
  subject: Subject,
  run: {
    readonly seed: number;
    readonly generated: number;
    readonly decisions: number;
    readonly filter: string | null;
  },
): Header {
  return {
    record: 'header',
    format: 1,
    specification: SPECIFICATION,
    tool,
    subject: { name: subject.name, versions: subject.versions },
    oracle: 'reference',
    seed: String(run.seed),
    generated: run.generated,
    decisions: run.decisions,
    filter: run.filter,
    machine: { platform: process.platform, architecture: process.arch, node: process.versions.node },
    started: new Date().toISOString(),
  };
}
