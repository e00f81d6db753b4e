import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WRONG_RULES } from '../../reference/index.js';
import { loadClauses } from '../spec/load-clauses.js';
import { loadSchemas } from '../spec/schemas.js';
import { suiteRoot } from '../suite-root.js';
import { applyPatch } from './apply-patch.js';
import {
  CATALOGUE_FILE,
  correctVariants,
  falteringBuilds,
  racyBuilds,
  readCatalogue,
  statefulBuilds,
  unsoundBuilds,
  wrongImplementation,
  type Patch,
  type WrongImplementation,
} from './catalogue.js';

const root = suiteRoot();
const catalogue = readCatalogue(root);
const stateful = statefulBuilds(root);
const racy = racyBuilds(root);
const unsound = unsoundBuilds(root);
const faltering = falteringBuilds(root);
const variants = correctVariants(root);
const { baselines } = JSON.parse(readFileSync(join(root, CATALOGUE_FILE), 'utf8')) as {
  readonly baselines: readonly Pick<WrongImplementation, 'name' | 'patch'>[];
};

describe('the catalogue', () => {
  it('keeps to its schema', () => {
    const text = readFileSync(join(root, CATALOGUE_FILE), 'utf8');
    expect(() => loadSchemas(root).parse('catalogue', text, CATALOGUE_FILE)).not.toThrow();
  });

  it('gives each wrong implementation and each other build a name of its own', () => {
    const names = [
      ...catalogue,
      ...stateful,
      ...racy,
      ...unsound,
      ...faltering,
      ...variants,
      ...baselines,
    ].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('names clauses that there are', () => {
    const ids = loadClauses(root).map(({ id }) => id);
    for (const { clause, also = [] } of catalogue) {
      expect(ids).toEqual(expect.arrayContaining([clause, ...also]));
      expect(also).not.toContain(clause);
    }
  });

  it('names every wrong rule of the reference, and no other', () => {
    const { wrongImplementations } = JSON.parse(readFileSync(join(root, CATALOGUE_FILE), 'utf8')) as {
      readonly wrongImplementations: readonly { readonly name: string; readonly rule?: true }[];
    };
    const named = wrongImplementations.filter(({ rule }) => rule === true).map(({ name }) => name);
    expect(named.sort()).toEqual(Object.keys(WRONG_RULES).sort());
  });

  it('gives the rules of an error under the policy under which it shows', () => {
    expect(wrongImplementation(root, 'fitting-keeps').rules).toMatchObject({
      yields: false,
      policy: 'fitting',
    });
    expect(wrongImplementation(root, 'no-clamp').rules?.policy).toBe('upstream');
    expect(() => wrongImplementation(root, 'nothing')).toThrow(
      'The catalogue has no wrong implementation nothing.',
    );
  });
});

const patched = [
  ...[...catalogue, ...stateful, ...racy, ...unsound, ...faltering, ...variants, ...baselines].map(
    ({ name, patch = [] }) => ({
      name,
      folder: 'delegate',
      patch,
    }),
  ),
  ...catalogue.map(({ name, kit = [] }) => ({ name, folder: 'kit', patch: kit })),
].filter(({ patch }) => patch.length > 0);

describe.each(patched)('the patch of $name in native/$folder', ({ name, folder, patch }) => {
  it.each([...new Set(patch.map(({ file }: Patch) => file))])('fits %s', (file) => {
    const source = readFileSync(join(root, 'native', folder, file), 'utf8');
    expect(applyPatch(name, file, patch, source)).not.toBe(source);
  });
});
