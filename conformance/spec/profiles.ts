import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { ProfileName } from './profile-name.js';
import type { Schemas } from './schemas.js';

/** Where the profiles stand: a path below the root of the suite. */
export const PROFILES = 'spec/profiles.json';

/** The clauses of each profile, in the order of the specification. */
export type Profiles = Readonly<Record<ProfileName, readonly ClauseId[]>>;

/**
 * Reads spec/profiles.json below `root`.
 *
 * @throws DocumentError when it breaks its schema; the error of the file system without the file.
 */
export function loadProfiles(root: string, schemas: Schemas): Profiles {
  const text = readFileSync(join(root, PROFILES), 'utf8');
  const { profiles } = schemas.parse('profiles', text, PROFILES) as { readonly profiles: Profiles };
  return profiles;
}
