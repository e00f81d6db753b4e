import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import { SPECIFICATION } from '../specification-version.js';
import type { PlanPart } from './plan/plan-digest.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import { both, type Filter, filterOf, type FilterQueries } from '../model/filter.js';
import type { Share } from './shards/deal-steps.js';
import type { Capability } from '../protocol/capabilities.js';
import type { ProfileName } from '../spec/profile-name.js';
import { OBSERVATIONS, type Observation } from '../spec/profiles.js';
import type { Subject } from '../subjects/subject.js';

/** What a run was asked for beside its seed and filter: all that its result depends on. */
export interface RunParameters {
  readonly cases: number;
  readonly decisions: number;
  readonly depth: 'program' | 'decision' | 'both';
  readonly exhaustive: boolean;
  /** Milliseconds; null for a run that ends with its plan. */
  readonly time: number | null;
  /**
   * The earlier report of which it runs what that leaves open: its file as given, the clauses and
   * sections chosen (null: all there are), and how many cases are left out. Absent for a run that
   * is not held against one.
   */
  readonly changedSince?: {
    readonly report: string;
    readonly chosen: readonly string[] | null;
    readonly leftOut: number;
  };
  /**
   * The file of options that was named, null where none was to be read; absent where nothing was
   * said of one. What it had stands here as if the command line had given it.
   */
  readonly config?: string | null;
  /** Whether it ends at its first failure; absent where it does not. */
  readonly failFast?: true;
  /** Milliseconds that it may take, the most telling cases first; absent without a limit. */
  readonly budget?: number;
  /** Milliseconds that a subject is waited for at a case; absent where that is as usual. */
  readonly timeout?: number;
  /**
   * The exporter that the run is about, as it was chosen, and the delegate that loads what it
   * writes; absent for a run on a delegate.
   */
  readonly exporter?: { readonly name: string; readonly delegate: string };
  readonly backendId: string | null;
  /** Names of variables of the environment that the subject gets beside those of every subject. */
  readonly env?: readonly string[];
  /** Capabilities that the subject does not have, as the user said; none where it is left out. */
  readonly lacks?: readonly Capability[];
  /** Files of the user's with what the subject is known to fail; none where it is left out. */
  readonly expectations?: readonly string[];
  /** Who chooses automatic budgets; null: as the subject does by itself. */
  readonly policy: string | null;
  /** The profile claimed, where the subject's own word does not count; null else. */
  readonly profile: string | null;
  /** What has to be demonstrated besides, or need not be, as it was given. */
  readonly require: readonly string[];
  /**
   * Where a real TensorRT is, and its CUDA runtime, as given; null for the one that the environment
   * names or that is installed. Absent for a run on the simulated one.
   */
  readonly tensorrt?: { readonly folder: string | null; readonly cudart: string | null };
}

/** The first line of a report (spec/schemas/report.schema.json): what was run, where and when. */
export interface Header {
  readonly record: 'header';
  readonly format: 1;
  readonly specification: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly subject: {
    readonly name: string;
    readonly versions: Readonly<Record<string, string>>;
    /** Of the files that it is loaded from; null for a subject that is none. Hexadecimal. */
    readonly sha256: string | null;
    /** What it does not tell of an outcome, as it says; absent where it tells all. */
    readonly untold?: readonly Observation[];
  };
  readonly oracle: 'reference';
  readonly seed: string;
  /** Generated cases asked for, at program depth and at decision depth. */
  readonly generated: number;
  readonly decisions: number;
  /** The queries that chose the cases; null where everything was chosen. */
  readonly filter: FilterQueries | null;
  /** Digests of the texts of its clauses. Reports of earlier versions have none. */
  readonly clauses?: Readonly<Record<ClauseId, string>>;
  /** What the subject is held against (spec/profiles.md). */
  readonly profile: ProfileName;
  readonly options: RunParameters;
  /** SHA-256, hexadecimal, of the ids of its cases, the failures expected, and the like. */
  readonly plan: string;
  /** The parts of that, for a run that can be continued. */
  readonly parts?: readonly PlanPart[];
  readonly machine: { readonly platform: string; readonly architecture: string; readonly node: string };
  /** Time in UTC. */
  readonly started: string;
  /** Which part of a run it is; absent for a whole one. */
  readonly shard?: Share;
}

/** What chose the cases of a run, from its header; null where everything was chosen. */
export function filterOfRun({ filter, options }: Pick<Header, 'filter' | 'options'>): Filter | null {
  const chosen = options.changedSince?.chosen ?? null;
  return both(filter === null ? null : filterOf(filter), chosen === null ? null : filterOf(chosen));
}

/** The header of a run that starts now. */
export function headerOf(
  tool: Header['tool'],
  subject: Pick<Subject, 'name' | 'versions' | 'files' | 'capabilities'>,
  run: Pick<
    Header,
    'generated' | 'decisions' | 'filter' | 'clauses' | 'profile' | 'options' | 'plan' | 'parts' | 'shard'
  > & {
    readonly seed: number;
  },
): Header {
  const untold = OBSERVATIONS.filter((what) => !subject.capabilities[what]);
  return {
    record: 'header',
    format: 1,
    specification: SPECIFICATION,
    tool,
    subject: {
      ...{ name: subject.name, versions: subject.versions, sha256: filesDigest(subject.files) },
      ...(untold.length === 0 ? {} : { untold }),
    },
    oracle: 'reference',
    seed: String(run.seed),
    generated: run.generated,
    decisions: run.decisions,
    filter: run.filter,
    ...(run.clauses === undefined ? {} : { clauses: run.clauses }),
    profile: run.profile,
    options: run.options,
    plan: run.plan,
    ...(run.parts === undefined ? {} : { parts: run.parts }),
    machine: { platform: process.platform, architecture: process.arch, node: process.versions.node },
    started: new Date().toISOString(),
    ...(run.shard === undefined ? {} : { shard: run.shard }),
  };
}

/**
 * The SHA-256 of files, in hexadecimal; null when none of the paths is a file. What is not a file
 * counts by its text alone.
 */
function filesDigest(paths: readonly string[]): string | null {
  const hash = createHash('sha256');
  let files = 0;
  for (const path of paths) {
    // Shards of one run may stand in different places.
    const below = relative(process.cwd(), path);
    hash.update(`${below.startsWith('..') ? path : below}\n`);
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) continue;
    hash.update(readFileSync(path));
    files++;
  }
  return files === 0 ? null : hash.digest('hex');
}
