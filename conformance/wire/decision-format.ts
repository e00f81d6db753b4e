import type { Memory } from './memory.js';

/*
 * The constants of spec/decision-format.md: how a decision case and its outcome are laid out as
 * bytes.
 */

/** Key of the load-time option and of the compile spec. */
export const BUDGET_KEY = new TextEncoder().encode('weight_streaming_budget');

/** Bytes of a decision record before its options. */
export const RECORD_HEADER = 4;

/** Options and engines of a record, and bytes of an option's key and of its array, at most. */
export const MAX_OPTIONS = 15;
export const MAX_ENGINES = 64;
export const MAX_OPTION_KEY = 63;
export const MAX_OPTION_BYTES = 256;

/** Types of an option's value. */
export const OPTION_BOOL = 0;
export const OPTION_INT = 1;
export const OPTION_ARRAY = 3;

/** Bytes of an engine in a record before its compile specs. */
export const ENGINE_HEADER = 19;

/** Offsets within an engine of a record. */
export const ENGINE_STREAMABLE = 0;
export const ENGINE_AUTOMATIC = 8;
export const ENGINE_ANSWERS = 16;
export const ENGINE_FLAGS = 17;
export const ENGINE_SPECS = 18;

/** Flags of an engine in a record. */
export const FLAG_DESERIALIZE_NULL = 1;
export const FLAG_CONTEXT_NULL = 2;

/** Bytes of an outcome before its engines, and of each engine in it. */
export const OUTCOME_HEADER = 2;
export const OUTCOME_ENGINE = 24;

/**
 * Offset within an engine of an outcome of a byte that the flat model sets to 1 at program depth,
 * when the budget rules were carried out and the context was refused. Always 0 at decision depth.
 */
export const OUTCOME_CONTEXT_REFUSED = 4;

/** Sources of a budget in an outcome. */
export const SOURCE_NONE = 0;
export const SOURCE_OPTION = 1;
export const SOURCE_COMPILE_SPEC = 2;
export const SOURCE_AUTOMATIC = 3;

/** Flags of an engine in an outcome. */
export const FLAG_WARNED = 1;
export const FLAG_AUTOMATIC_READ = 2;

/** The largest record and outcome that a generated case can have, in bytes. */
export const MAX_RECORD = 0xffff;
export const MAX_OUTCOME = OUTCOME_HEADER + 64 * OUTCOME_ENGINE;

/** The offset of the first engine of the record at `record`, behind its options. */
export function optionsEnd(block: Memory, record: number): number {
  let at = record + RECORD_HEADER;
  for (let count = block.bytes[record + 2] ?? 0; count > 0; count--) {
    at += 1 + (block.bytes[at] ?? 0);
    at += 1 + optionSize(block, at);
  }
  return at;
}

/** Bytes of the value of an option, whose type is at `at`. */
export function optionSize({ bytes, view }: Memory, at: number): number {
  const type = bytes[at];
  if (type === OPTION_BOOL) return 1;
  return type === OPTION_INT ? 4 : 2 + view.getUint16(at + 1, true);
}

/** The offset behind the engine at `engine` and its compile specs. */
export function specsEnd({ bytes, view }: Memory, engine: number): number {
  let at = engine + ENGINE_HEADER;
  for (let count = bytes[engine + ENGINE_SPECS] ?? 0; count > 0; count--) {
    at += 1 + (bytes[at] ?? 0);
    at += 2 + view.getUint16(at, true);
  }
  return at;
}
