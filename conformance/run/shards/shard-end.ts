import type { Policy } from '../../../reference/index.js';
import type { ExpectedFailure } from '../../expectations/expected-failure.js';
import type { Incident } from '../../model/incident.js';
import type { VerdictCounts } from '../../model/verdict.js';
import type { Answer } from '../../process/answers.js';
import type { Capabilities } from '../../protocol/capabilities.js';
import type { ProfileName } from '../../spec/profile-name.js';
import type { Subject } from '../../subjects/subject.js';
import type { SectionTime } from './tell-sections.js';

/** What has to be known of a subject to plan a run on it, and to conclude it, without it. */
export interface SubjectTold {
  readonly policy: Policy;
  readonly profile: ProfileName;
  readonly capabilities: Capabilities;
  readonly inProcess: boolean;
  /** Whether it can load a program in a process of its own. */
  readonly alone: boolean;
  /** How many faults it may have before no further case is run; null: any number. */
  readonly allowance: number | null;
}

/** How the hostile files of a shard ended. */
export interface HostileTold {
  readonly ends: readonly { readonly id: string; readonly end: Answer }[];
  readonly control: Incident | null;
}

/** What a shard tells at its end, beside its steps. */
export interface ShardEnd {
  readonly cases: number;
  readonly verdicts: VerdictCounts;
  readonly subject: SubjectTold;
  /** The list of expected failures, with what has expired. */
  readonly expected: readonly ExpectedFailure[];
  /** Null where another shard ran them. */
  readonly hostile: HostileTold | null;
  readonly times: readonly SectionTime[];
  readonly milliseconds: number;
}

/** What shards tell of their subject. */
export function toldOf(subject: Subject): SubjectTold {
  const { policy, profile, capabilities, kind, perCaseProcess } = subject;
  const most = kind === 'out-of-process' ? subject.allowance.most : Infinity;
  return {
    ...{ policy, profile, capabilities, inProcess: kind === 'in-process' },
    alone: perCaseProcess !== null,
    allowance: Number.isFinite(most) ? most : null,
  };
}
