import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulesUnder, WRONG_RULES, type Policy, type Rules } from '../../reference/index.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';

/** Text that occurs exactly once in a source file, and the text that takes its place. */
export interface Patch {
  /** Below native/delegate, or below native/kit for a patch of the vendors' kit. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/**
 * A delegate that is wrong on purpose: an entry of catalogue.json
 * (spec/schemas/catalogue.schema.json).
 */
export interface WrongImplementation {
  readonly name: string;
  /** The clause that it breaks. */
  readonly clause: ClauseId;
  /**
   * Clauses that it breaks too, or that outcomes cannot tell from the first: a finding of one of
   * them is as right.
   */
  readonly also?: readonly ClauseId[];
  readonly description: string;
  /**
   * It shows in few cases, and in no written one: at one size, count or length. A run finds it by
   * the cases that cover the classes of each dimension.
   */
  readonly rare?: true;
  /**
   * The only policy for automatic budgets under which the error shows; none where it shows under
   * each.
   */
  readonly policy?: Policy;
  /**
   * The rules that the reference follows to make this error, under the policy; none where no rule
   * describes it.
   */
  readonly rules?: Rules;
  /** Changes to our delegate: `native:NAME` is a build with them. */
  readonly patch?: readonly Patch[];
  /**
   * Changes to the starting points for vendors: to budget_rules.h, which is C++, or to subject.py.
   */
  readonly kit?: readonly Patch[];
}

/** The catalogue file, relative to the folder of the suite. */
export const CATALOGUE_FILE = 'conformance/catalogue/catalogue.json';

type Entry = Omit<WrongImplementation, 'rules'> & { readonly rule?: true };

/**
 * The catalogue of wrong implementations below `root`, the folder of the suite, in the order of the
 * specification.
 */
export function readCatalogue(root: string): readonly WrongImplementation[] {
  const text = readFileSync(join(root, CATALOGUE_FILE), 'utf8');
  const { wrongImplementations } = JSON.parse(text) as { readonly wrongImplementations: readonly Entry[] };
  return wrongImplementations.map(({ rule, ...entry }) => {
    const rules = rule === true ? WRONG_RULES[entry.name] : undefined;
    return rules === undefined ? entry : { ...entry, rules: rulesUnder(entry.policy ?? 'upstream', rules) };
  });
}

/** A delegate that keeps something from load to load. */
export type StatefulBuild = Required<Pick<WrongImplementation, 'name' | 'description' | 'patch'>>;

/** The builds of our delegate that keep state; `native:NAME` is one, as with an error. */
export function statefulBuilds(root: string): readonly StatefulBuild[] {
  const { stateful } = JSON.parse(readFileSync(join(root, CATALOGUE_FILE), 'utf8')) as {
    readonly stateful: readonly StatefulBuild[];
  };
  return stateful;
}

/** The builds of our delegate that are wrong on several threads at once, and on no single one. */
export function racyBuilds(root: string): readonly StatefulBuild[] {
  const { racy } = JSON.parse(readFileSync(join(root, CATALOGUE_FILE), 'utf8')) as {
    readonly racy: readonly StatefulBuild[];
  };
  return racy;
}

/** The builds of our delegate that are wrong where two calls fail, and right where one does. */
export function falteringBuilds(root: string): readonly StatefulBuild[] {
  const { faltering } = JSON.parse(readFileSync(join(root, CATALOGUE_FILE), 'utf8')) as {
    readonly faltering: readonly StatefulBuild[];
  };
  return faltering;
}

/**
 * The builds of our delegate that answer what is right and use memory wrongly: a sanitizer finds
 * them, and no outcome shows them.
 */
export function unsoundBuilds(root: string): readonly StatefulBuild[] {
  const { unsound } = JSON.parse(readFileSync(join(root, CATALOGUE_FILE), 'utf8')) as {
    readonly unsound: readonly StatefulBuild[];
  };
  return unsound;
}

/**
 * The builds of our delegate that do otherwise what a delegate may do as it likes: each conforms.
 * `native:NAME` is one, as with a patch of an error.
 */
export function correctVariants(root: string): readonly StatefulBuild[] {
  const catalogue = JSON.parse(readFileSync(join(root, CATALOGUE_FILE), 'utf8')) as {
    readonly correctVariants: readonly StatefulBuild[];
  };
  return catalogue.correctVariants;
}

/** The wrong implementation of a name; throws Error where there is none. */
export function wrongImplementation(root: string, name: string): WrongImplementation {
  const found = readCatalogue(root).find((entry) => entry.name === name);
  if (found === undefined) throw new Error(`The catalogue has no wrong implementation ${name}.`);
  return found;
}
