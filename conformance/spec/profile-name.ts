/**
 * What a subject can claim to conform to (spec/profiles.md). `budget`: the budget rules alone.
 * `delegate`: all that loads show. `exporter`: what an exporter answers and
 * writes.
 */
export const PROFILE_NAMES = ['budget', 'delegate', 'exporter'] as const;

/** One of {@link PROFILE_NAMES}. */
export type ProfileName = (typeof PROFILE_NAMES)[number];

/** What is claimed where nobody says anything else. */
export const DEFAULT_PROFILE: ProfileName = 'delegate';

/** The profile of that name; undefined where there is none. */
export function profileNamed(name: unknown): ProfileName | undefined {
  return PROFILE_NAMES.find((known) => known === name);
}
