import type { ClauseId } from '../outcome/clause-id.js';

/** A tensor by its name, and whether it goes in or comes out. */
export interface NamedTensor {
  readonly name: string;
  readonly mode: 'input' | 'output';
}

/**
 * What has to hold of the tensors that the metadata names, on an engine that is there; a wrong
 * implementation leaves one of them out.
 */
export interface NameRules {
  /** A tensor has one place among the arguments (WSB-BLOB-24). */
  readonly namesTensorsOnce: boolean;
  /** A tensor without a place never gets an address (WSB-BLOB-25). */
  readonly namesAllTensors: boolean;
  /** The engine has it, and says of it what the metadata says (WSB-BLOB-26). */
  readonly namesTensorsAsTheyAre: boolean;
  /** What the engine writes over an input is named as that (WSB-BLOB-27). */
  readonly namesAllAliases: boolean;
}

/** The rules of the specification. */
export const NAME_RULES: NameRules = {
  namesTensorsOnce: true,
  namesAllTensors: true,
  namesTensorsAsTheyAre: true,
  namesAllAliases: true,
};

/**
 * The clause that the tensors `named` break beside those `there` in the engine, of which the first
 * of a name counts; null when none.
 */
export function judgeNames(
  named: readonly NamedTensor[],
  there: readonly NamedTensor[],
  { namesTensorsOnce, namesAllTensors, namesTensorsAsTheyAre }: NameRules,
): ClauseId | null {
  const modes = new Map([...there].reverse().map(({ name, mode }) => [name, mode]));
  const names = new Set<string>();
  for (const { name, mode } of named) {
    if (namesTensorsOnce && names.has(name)) return 'WSB-BLOB-24';
    if (namesTensorsAsTheyAre && modes.get(name) !== mode) return 'WSB-BLOB-26';
    names.add(name);
  }
  return namesAllTensors && there.some(({ name }) => !names.has(name)) ? 'WSB-BLOB-25' : null;
}
