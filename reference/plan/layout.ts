/** The layout of a scripted plan (spec/scripted-plan.md); offsets and sizes are bytes. */

/** `WSBPLAN` and a zero byte. */
export const PLAN_MAGIC: readonly number[] = [0x57, 0x53, 0x42, 0x50, 0x4c, 0x41, 0x4e, 0];
export const PLAN_VERSION = 1;
export const PLAN_HEADER_BYTES = 64;
export const BINDING_HEADER_BYTES = 8;

export const VERSION_AT = 8;
export const KIND_AT = 10;
export const FLAGS_AT = 11;
export const SIZE_AT = 12;
export const CHECKSUM_AT = 16;
/** The first byte that the checksum covers. */
export const CHECKED_FROM = 20;
export const SET_COUNT_AT = 20;
export const SET_DEFAULT_AT = 21;
export const BINDING_COUNT_AT = 22;
/** The five bytes of {@link Paging}: of modelled plans alone. */
export const GRANULE_BITS_AT = 23;
export const SET_ANSWERS_AT = 24;
export const CONTEXT_GRANULES_AT = 28;
export const CONTEXT_HEADROOM_AT = 29;
export const WEIGHTS_HEADROOM_AT = 30;
export const LOAD_HEADROOM_AT = 31;
export const STREAMABLE_AT = 32;
export const AUTOMATIC_AT = 40;
export const SCRATCH_AT = 48;
export const ACTIVATIONS_AT = 56;

export const KIND_SCRIPTED = 1;
export const KIND_MODELLED = 2;

export const FLAG_DESERIALIZE_NULL = 1;
export const FLAG_CONTEXT_NULL = 2;
export const FLAG_ENQUEUE_FALSE = 4;
/** Weights follow, as many as the last eight bytes of the plan say. */
export const FLAG_WEIGHTS = 8;
export const FLAG_UPDATES_IN_PLACE = 16;
export const WEIGHTS_BYTES = 8;

export const MODE_INPUT = 1;
export const MODE_OUTPUT = 2;
export const BINDING_FLAG_SHAPE_INFERENCE = 1;
export const BINDING_FLAG_PROFILE = 2;

export const MAX_GRANULE_BITS = 30;
export const MAX_SET_ANSWERS = 32;
export const MAX_BINDINGS = 64;
export const MAX_RANK = 8;
export const MAX_NAME_BYTES = 1024;

/** Bytes of the longest plan: each binding has a shape, its bounds, a name and an alias. */
export const MOST_PLAN_BYTES =
  PLAN_HEADER_BYTES +
  WEIGHTS_BYTES +
  MAX_BINDINGS * (BINDING_HEADER_BYTES + 3 * 8 * MAX_RANK + 2 * MAX_NAME_BYTES);
