import { requirementOf } from '../coverage/requirement.js';
import { filterOf, toldQueries } from '../model/filter.js';
import type { Finding } from '../model/finding.js';
import type { CaseResult, SectionResult } from '../model/run-result.js';
import type { VerdictCounts } from '../model/verdict.js';
import { conclusionText } from '../report/conclusion-text.js';
import { packageOf } from '../package-of.js';
import { headerOf } from '../run/header.js';
import { planDigest } from '../run/plan/plan-digest.js';
import { planRun } from '../run/plan/plan-run.js';
import { hostileCases } from '../run/run-hostile.js';
import { runSuite as runPlanned } from '../run/run-suite.js';
import type { Suite } from '../run/suite.js';
import { loadClauses } from '../spec/load-clauses.js';
import type { ProfileName } from '../spec/profile-name.js';
import { loadProfiles } from '../spec/profiles.js';
import { loadSchemas } from '../spec/schemas.js';
import { type OpenSubject, openSubject } from '../subjects/open-subject.js';
import { suiteRoot } from '../suite-root.js';
import type { OpenOptions } from './tested-subject.js';

/** What {@link runSuite} is asked for; what is left out is as on the command line. */
export interface RunOptions extends OpenOptions {
  /** As `--subject` takes it. */
  readonly subject: string;
  /** Clause ids or case ids with `*` for any text; left out, all of them. */
  readonly filter?: readonly string[];
  /** What the subject is held against; its own claim when it is left out. */
  readonly profile?: ProfileName;
  /** How many programs are generated; none when it is left out. */
  readonly cases?: number;
  /** How many decisions are generated; none when it is left out. */
  readonly decisions?: number;
  /** Seed of the generated cases; 1 when it is left out. */
  readonly seed?: number;
  /** Processes of the subject, or threads, at a time; 1 when it is left out. */
  readonly jobs?: number;
  /** Told how many cases of a section are done; often called. */
  readonly onProgress?: (section: string, done: number) => void;
}

/** What a run came to. */
export interface SuiteResult {
  /** What it says of the subject, as a name and in one line. */
  readonly outcome: string;
  readonly conclusion: string;
  /** As the command would end: 0 conforms, 1 does not, 3 the subject is broken, 5 incomplete. */
  readonly exitCode: number;
  readonly verdicts: VerdictCounts;
  /** Written cases, each with its verdict; generated ones are counted in their section. */
  readonly cases: readonly CaseResult[];
  readonly sections: readonly SectionResult[];
  readonly findings: readonly Finding[];
  readonly milliseconds: number;
}

/**
 * Runs the suite on a subject, which it opens and closes, and gives what came of it. It prints
 * nothing and writes no report; expected failures are those of the command line's options alone.
 *
 * @throws SubjectError when the subject cannot be opened, or breaks.
 * @throws RangeError when no case is chosen.
 */
export async function runSuite(options: RunOptions): Promise<SuiteResult> {
  const root = suiteRoot();
  const opened = await openSubject(options.subject, root, packageOf(root).version, options);
  try {
    const { onProgress } = options;
    const ended = await runPlanned(suiteOf(root, opened, options), [
      { progress: (section, done) => onProgress?.(section.name, done) },
    ]);
    const { conclusion, result, stale } = ended;
    return {
      outcome: conclusion.outcome,
      conclusion: conclusionText({ conclusion, findings: result.findings, stale: stale.length }),
      exitCode: conclusion.exitCode,
      verdicts: result.verdicts,
      cases: result.cases,
      sections: result.sections,
      findings: result.findings,
      milliseconds: result.milliseconds,
    };
  } finally {
    // A run that ended has ended its processes; one that failed leaves them as they are.
    await opened.subject.close().catch(() => undefined);
  }
}

function suiteOf(root: string, opened: OpenSubject, options: RunOptions): Suite {
  const { subject, policies } = opened;
  const { capabilities, perCaseProcess } = subject;
  const { profile = subject.profile, seed = 1, jobs = 1, filter: queries = [] } = options;
  const schemas = loadSchemas(root);
  const clauses = loadClauses(root);
  const profiles = loadProfiles(root, schemas);
  const filter = queries.length === 0 ? null : filterOf(queries);
  const counts = {
    cases: capabilities.program ? (options.cases ?? 0) : 0,
    decisions: capabilities.decision ? (options.decisions ?? 0) : 0,
  };
  const decided = capabilities.program ? 'beside' : 'in place';
  const sections = planRun({
    ...{ root, schemas, policies, seed, filter, written: true, exhaustive: false, ...counts },
    takesFlat: capabilities.options,
    decided: capabilities.decision ? decided : undefined,
  });
  const hostile = perCaseProcess === null ? [] : hostileCases(filter);
  if (sections.length + hostile.length === 0) throw new RangeError(`No case matches ${queries.join(', ')}.`);
  const { backendId = null, policy = null, lacks = [], env = [] } = options;
  const header = headerOf(packageOf(root), subject, {
    ...{ seed, generated: counts.cases, decisions: counts.decisions, filter: toldQueries(queries), profile },
    options: {
      ...{ ...counts, depth: 'both', exhaustive: false, time: null, backendId, policy, lacks, env },
      ...{ profile: options.profile ?? null, require: [] },
    },
    plan: planDigest(sections),
  });
  return {
    ...{ root, opened, clauses, profiles, header, jobs },
    plan: { sections, hostile, shows: 'none', covers: false },
    requirement: requirementOf({ clauses, profiles, profile, require: [], filter }),
    ...{ expected: [], kept: [], today: new Date().toISOString().slice(0, 10) },
  };
}
