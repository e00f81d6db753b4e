/** The layout of a program file around its flatbuffer; offsets and sizes are bytes. */

/** The identifier at offset 4 of a program file. */
export const PROGRAM_IDENTIFIER = 'ET12';

/** Segments start at multiples of this, as the exporter writes them. */
export const SEGMENT_ALIGNMENT = 128;

/** Delegate data in the flatbuffer starts at multiples of this. */
export const INLINE_ALIGNMENT = 16;

/** The schema version that ExecuTorch 1.5 writes and reads. */
export const SCHEMA_VERSION = 0;
