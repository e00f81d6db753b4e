import type { ClauseId } from '../outcome/clause-id.js';

/** An alias of the metadata whose tensors were found: `output` is written over `input`. */
export interface LinkedAlias {
  readonly output: string;
  readonly input: string;
  /** TensorRT's `DataType` of each; that of a tensor which the engine does not have is 0. */
  readonly outputType: number;
  readonly inputType: number;
}

/** What has to hold of aliases; a wrong implementation leaves one of them out. */
export interface AliasRules {
  /** Elements of another type can need more bytes than are there (WSB-BLOB-21). */
  readonly comparesAliasTypes: boolean;
  /** An output has one place (WSB-BLOB-22). */
  readonly aliasesOutputsOnce: boolean;
  /** A place is that of one output (WSB-BLOB-23). */
  readonly aliasesInputsOnce: boolean;
}

/** The rules of the specification. */
export const ALIAS_RULES: AliasRules = {
  comparesAliasTypes: true,
  aliasesOutputsOnce: true,
  aliasesInputsOnce: true,
};

/** The clause that an alias breaks beside those `earlier` in the metadata; null when none. */
export function judgeAlias(
  { output, input, outputType, inputType }: LinkedAlias,
  earlier: readonly LinkedAlias[],
  { comparesAliasTypes, aliasesOutputsOnce, aliasesInputsOnce }: AliasRules,
): ClauseId | null {
  if (earlier.some((other) => other.output === output)) return aliasesOutputsOnce ? 'WSB-BLOB-22' : null;
  if (aliasesInputsOnce && earlier.some((other) => other.input === input)) return 'WSB-BLOB-23';
  return comparesAliasTypes && outputType !== inputType ? 'WSB-BLOB-21' : null;
}
