import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { ProfileName } from './profile-name.js';
import type { Schemas } from './schemas.js';

/** Where the profiles stand: a path below the root of the suite. */
export const PROFILES = 'spec/profiles.json';

/** What an outcome can leave out, as the capabilities of a subject say (spec/protocol.md). */
export const OBSERVATIONS = ['source', 'warned', 'leaks', 'violations'] as const;

/** One of {@link OBSERVATIONS}. */
export type Observation = (typeof OBSERVATIONS)[number];

/** The clauses of each profile, in the order of the specification. */
export interface Profiles extends Readonly<Record<ProfileName, readonly ClauseId[]>> {
  /** For each observation the clauses that show in nothing else. */
  readonly observations: Readonly<Record<Observation, readonly ClauseId[]>>;
}

/**
 * Reads spec/profiles.json below `root`.
 *
 * @throws DocumentError when it breaks its schema; the error of the file system without the file.
 */
export function loadProfiles(root: string, schemas: Schemas): Profiles {
  const text = readFileSync(join(root, PROFILES), 'utf8');
  const { profiles, observations } = schemas.parse('profiles', text, PROFILES) as {
    readonly profiles: Readonly<Record<ProfileName, readonly ClauseId[]>>;
    readonly observations: Profiles['observations'];
  };
  return { ...profiles, observations };
}
