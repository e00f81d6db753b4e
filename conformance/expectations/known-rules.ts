import { STANDARD_RULES, WRONG_RULES, type Rules } from '../../reference/index.js';

const FIELDS = Object.keys(STANDARD_RULES) as (keyof Rules)[];

/** Wrong rules that a subject is known to follow, by their names in reference/wrong-rules. */
export class KnownRules {
  readonly #single: readonly Rules[];
  /** All of them at once; null where that is no more than one. */
  readonly #all: Rules | null;

  /**
   * @throws Error for a name that no wrong rule has, and for two that put another rule in the same
   * place.
   */
  constructor(names: readonly string[]) {
    this.#single = names.map(rulesOf);
    this.#all = names.length < 2 ? null : together(names, this.#single);
  }

  /**
   * The place of the rule that explains an outcome other than the `standard` one: with it alone, or
   * with all of them, a delegate gives exactly what was `observed`. Null when none does. `predict`
   * gives the outcome that a delegate with some rules has.
   */
  explain(standard: Uint8Array, observed: Uint8Array, predict: (rules: Rules) => Uint8Array): number | null {
    const isSeen = (outcome: Uint8Array): boolean => Buffer.compare(outcome, observed) === 0;
    const own = this.#single.findIndex((rules) => isSeen(predict(rules)));
    // What a delegate without a wrong rule does as well is owed to none: the case is held against
    // something else.
    if (own >= 0) return isSeen(predict(STANDARD_RULES)) ? null : own;
    if (this.#all === null || Buffer.compare(predict(this.#all), observed) !== 0) return null;
    return Math.max(
      0,
      this.#single.findIndex((rules) => Buffer.compare(predict(rules), standard) !== 0),
    );
  }
}

function rulesOf(name: string): Rules {
  const rules = Object.hasOwn(WRONG_RULES, name) ? WRONG_RULES[name] : undefined;
  if (rules !== undefined) return rules;
  throw new Error(`There is no wrong rule ${name}. There are: ${Object.keys(WRONG_RULES).join(', ')}.`);
}

function together(names: readonly string[], all: readonly Rules[]): Rules {
  return all.reduce((sum, rules) => {
    const own = FIELDS.filter((field) => rules[field] !== STANDARD_RULES[field]);
    const taken = own.find((field) => sum[field] !== STANDARD_RULES[field]);
    if (taken !== undefined) throw new Error(`More than one of ${names.join(', ')} replaces ${taken}.`);
    return { ...sum, ...Object.fromEntries(own.map((field) => [field, rules[field]])) };
  }, STANDARD_RULES);
}
