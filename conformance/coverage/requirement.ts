import type { Filter } from '../model/filter.js';
import { chooses, isNamedBy } from '../model/filter.js';
import type { Clause, ClauseId } from '../spec/clause.js';
import { PROFILE_NAMES, profileNamed, type ProfileName } from '../spec/profile-name.js';
import type { Profiles } from '../spec/profiles.js';
import { neededCases } from './needed-cases.js';

/** Which clauses a run has to demonstrate. */
export interface Requirement {
  readonly profile: ProfileName;
  /**
   * In the order of the specification: MUST clauses and those that `--require` names; of a part
   * that a filter chooses also the other clauses of the profile.
   */
  readonly clauses: readonly ClauseId[];
  /** MUST clauses of the profile that `--require` left out. */
  readonly lowered: readonly ClauseId[];
  /** Clauses that `--require` asks for besides, as far as a filter chooses them; they decide. */
  readonly raised: readonly ClauseId[];
  /** How many of the clauses required a filter left out; null for a run without one. */
  readonly unchosen: number | null;
}

/** What a requirement is made from. */
export interface RequirementOptions {
  readonly clauses: readonly Clause[];
  readonly profiles: Profiles;
  readonly profile: ProfileName;
  /**
   * As `--require` gives them: clause ids with `*`, or profiles; those behind a `-` are left out.
   */
  readonly require: readonly string[];
  readonly filter: Filter | null;
}

/** A name in `--require` that changes nothing, or a profile that there is not. */
export class RequirementError extends Error {
  override readonly name = 'RequirementError';
}

/**
 * What a run has to demonstrate: the MUST clauses of the profile, changed by each name of `require`
 * in turn. Of a run with a filter, that is one of a part, all clauses of the profile of which the
 * filter chooses a case.
 *
 * @throws RequirementError when a name stands for no clause, or changes nothing.
 */
export function requirementOf(options: RequirementOptions): Requirement {
  const { clauses, profile, profiles, require, filter } = options;
  const must = mustOf(options, profile);
  const required = new Set(must);
  for (const name of require) change(required, name, options);
  const asked = clauses.map(({ id }) => id).filter((id) => required.has(id));
  const lowered = profiles[profile].filter((id) => must.has(id) && !required.has(id));
  const raised = asked.filter((id) => !must.has(id));
  if (filter === null) return { profile, clauses: asked, lowered, raised, unchosen: null };
  const advised = profiles[profile].filter((id) => !must.has(id));
  const part = clauses
    .map(({ id }) => id)
    .filter((id) => (required.has(id) || advised.includes(id)) && isChosen(filter, id, profile));
  return {
    ...{ profile, clauses: part, lowered },
    raised: raised.filter((id) => part.includes(id)),
    unchosen: asked.filter((id) => !part.includes(id)).length,
  };
}

function mustOf({ clauses, profiles }: RequirementOptions, profile: ProfileName): ReadonlySet<ClauseId> {
  const own = new Set(profiles[profile]);
  return new Set(clauses.filter(({ id, level }) => level === 'MUST' && own.has(id)).map(({ id }) => id));
}

function change(required: Set<ClauseId>, name: string, options: RequirementOptions): void {
  const lowers = name.startsWith('-');
  const named = namedClauses(lowers ? name.slice(1) : name, options);
  const changed = named.filter((id) => required.has(id) === lowers);
  if (changed.length === 0) {
    const why = lowers ? 'none of that is required' : 'all of that is required already';
    throw new RequirementError(`--require ${name} changes nothing: ${why}. Leave it out.`);
  }
  for (const id of changed) {
    if (lowers) required.delete(id);
    else required.add(id);
  }
}

function namedClauses(name: string, options: RequirementOptions): readonly ClauseId[] {
  const profile = profileNamed(name);
  if (profile !== undefined) return [...mustOf(options, profile)];
  const named = options.clauses.map(({ id }) => id).filter((id) => isNamedBy(name, id));
  if (named.length > 0) return named;
  throw new RequirementError(
    `--require ${name} names no clause and no profile. trt-conformance list clauses shows the clauses; ` +
      `the profiles are ${PROFILE_NAMES.join(', ')}.`,
  );
}

/** Whether a filter chooses a clause: all of it, or any of its cases. */
function isChosen(filter: Filter, clause: ClauseId, profile: ProfileName): boolean {
  const cases = neededCases(profile === 'exporter' ? profile : 'delegate').get(clause) ?? [];
  return cases.length === 0
    ? filter.matches(clause)
    : cases.some(({ id }) => chooses(filter, { id, clauses: [clause] }));
}
