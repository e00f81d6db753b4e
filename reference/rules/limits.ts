/**
 * Limits of ExecuTorch's option containers (`runtime/backend/options.h`, `backend_options_map.h`).
 */

/** Bytes of an option's key array; a key fills at most one less. */
export const OPTION_KEY_BYTES = 64;

/** Bytes of an option's string array; `set_option` fills at most one less. */
export const OPTION_VALUE_BYTES = 256;

/** Options that a `BackendOptions<8>`, the builder of a request, can hold. */
export const BUILDER_CAPACITY = 8;

/** Backends that a `LoadBackendOptionsMap` can hold. */
export const MAP_CAPACITY = 8;

/** Bytes of a backend id's array; an id fills at most one less. */
export const BACKEND_ID_BYTES = 64;
