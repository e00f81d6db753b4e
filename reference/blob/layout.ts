/** The layout of an engine blob; offsets and sizes are bytes. */

/**
 * The two magics: `TR02` is written when the metadata names aliases, so that readers that ignore
 * aliases refuse it.
 */
export const BLOB_MAGICS = ['TR01', 'TR02'] as const;

/** One of {@link BLOB_MAGICS}. */
export type BlobMagic = (typeof BLOB_MAGICS)[number];

export const BLOB_HEADER_BYTES = 32;
export const METADATA_OFFSET_AT = 4;
export const METADATA_SIZE_AT = 8;
export const ENGINE_OFFSET_AT = 12;
export const ENGINE_SIZE_AT = 16;

/** The first of eight reserved bytes; a writer sets it to 1, a reader ignores it. */
export const RESERVED_AT = 24;

/** The engine's offset is a multiple of this. */
export const ENGINE_ALIGNMENT = 16;
