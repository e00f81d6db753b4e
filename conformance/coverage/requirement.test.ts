import { describe, expect, it } from 'vitest';
import { filterOf } from '../model/filter.js';
import { loadClauses } from '../spec/load-clauses.js';
import type { ProfileName } from '../spec/profile-name.js';
import { loadProfiles } from '../spec/profiles.js';
import { loadSchemas } from '../spec/schemas.js';
import { suiteRoot } from '../suite-root.js';
import { RequirementError, requirementOf, type Requirement } from './requirement.js';

const root = suiteRoot();
const clauses = loadClauses(root);
const profiles = loadProfiles(root, loadSchemas(root));

function required(
  require: readonly string[],
  query?: string,
  profile: ProfileName = 'delegate',
): Requirement {
  const filter = query === undefined ? null : filterOf(query);
  return requirementOf({ clauses, profiles, profile, require, filter });
}

describe('requirementOf', () => {
  it('asks for the MUST clauses of the profile', () => {
    const { clauses: asked, lowered, raised, unchosen } = required([]);
    const must = clauses.filter(({ level, judgedBy }) => level === 'MUST' && judgedBy === 'outcome');
    expect(asked).toEqual(must.map(({ id }) => id));
    expect([lowered, raised, unchosen]).toEqual([[], [], null]);
  });

  it('asks for more or for less by name, in the order in which the names are given', () => {
    const asked = required(['-WSB-PARSE-*', 'WSB-PARSE-03', 'WSB-AUTO-02', '-budget', 'exporter']);
    expect(asked.clauses).toEqual(expect.arrayContaining(['WSB-AUTO-02', 'WSB-EXPORT-01', 'WSB-BLOB-01']));
    expect(asked.clauses).not.toContain('WSB-PARSE-03');
    expect(asked.lowered).toContain('WSB-PARSE-03');
    expect(asked.raised).toEqual(expect.arrayContaining(['WSB-AUTO-02', 'WSB-EXPORT-01']));
    expect(asked.raised).not.toContain('WSB-EXPORT-05');
  });

  it('asks of a part for the clauses that it chooses, by their ids or by any of their cases', () => {
    const asked = required([], 'WSB-PARSE-03/violation');
    expect(asked.clauses).toEqual(['WSB-PARSE-03']);
    expect(asked.unchosen).toBe(required([]).clauses.length - 1);
    expect(required([], 'WSB-OPT-06')).toMatchObject({
      clauses: ['WSB-OPT-06'],
      raised: [],
      unchosen: required([]).clauses.length,
    });
    expect(required(['WSB-OPT-06'], 'WSB-OPT-*').raised).toEqual(['WSB-OPT-06']);
    expect(required([], 'generated').clauses).toEqual([]);
    expect(required([], 'WSB-EXPORT-*').clauses).toEqual([]);
    expect(required([], 'WSB-EXPORT-01', 'exporter').clauses).toEqual(['WSB-EXPORT-01']);
  });

  it.each([
    ['WSB-PARSE-99', /names no clause and no profile.*the profiles are budget, delegate, exporter\.$/],
    ['-nothing', /names no clause and no profile/],
    ['WSB-PARSE-01', /changes nothing: all of that is required already/],
    ['-WSB-AUTO-02', /changes nothing: none of that is required/],
  ])('refuses %s', (name, message) => {
    expect(() => required([name])).toThrow(RequirementError);
    expect(() => required([name])).toThrow(message);
  });
});
