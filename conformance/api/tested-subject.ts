import type { Policy } from '../../reference/index.js';
import type { Case } from '../model/case.js';
import type { Capability } from '../protocol/capabilities.js';
import { packageOf } from '../package-of.js';
import type { ProfileName } from '../spec/profile-name.js';
import { openSubject as openNamed } from '../subjects/open-subject.js';
import { suiteRoot } from '../suite-root.js';
import type { CaseVerdict } from './case-verdict.js';
import { judgeCase } from './judge-case.js';

/** What a subject is opened with besides its name. */
export interface OpenOptions {
  /** The id under which the library of `so:PATH` registers its backend. */
  readonly backendId?: string;
  /** Who is to choose automatic budgets, for a subject that leaves it open. */
  readonly policy?: Policy;
  /** What the library of `so:PATH` cannot do. */
  readonly lacks?: readonly Capability[];
  /** Names of variables of the environment that the subject gets, too. */
  readonly env?: readonly string[];
}

/** A delegate under test. */
export interface TestedSubject {
  /** As it is named on the command line, such as `exec:./subject`. */
  readonly name: string;
  /** What it is made of, as it says itself. */
  readonly versions: Readonly<Record<string, string>>;
  /** What it claims to conform to. */
  readonly profile: ProfileName;
  readonly capabilities: Readonly<Record<Capability, boolean>>;
  /**
   * Runs cases one after the other, each in a process of its own where the subject has processes.
   *
   * @throws SubjectError when the subject breaks.
   */
  readonly run: (cases: readonly Case[]) => Promise<readonly CaseVerdict[]>;
  /** Ends its processes. */
  readonly close: () => Promise<void>;
}

/**
 * Opens a subject by the name that `run --subject` takes: `native`, `reference`, `so:PATH`,
 * `exec:COMMAND` and the like. It has to be closed. The native part of an installed package is
 * built when it is needed for the first time.
 *
 * @throws SubjectError when there is none of that name, or a part of it is missing.
 */
export async function openSubject(name: string, options: OpenOptions = {}): Promise<TestedSubject> {
  const root = suiteRoot();
  const opened = await openNamed(name, root, packageOf(root).version, options);
  const { subject } = opened;
  return {
    name: subject.name,
    versions: subject.versions,
    profile: subject.profile,
    capabilities: subject.capabilities,
    run: async (cases) => {
      const verdicts: CaseVerdict[] = [];
      for (const one of cases) verdicts.push(await judgeCase(opened, one));
      return verdicts;
    },
    close: () => subject.close(),
  };
}
