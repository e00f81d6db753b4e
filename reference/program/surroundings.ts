/**
 * What lies around a program where a host puts it. Of `unknown` surroundings a read says nothing,
 * and may crash. The suite's hosts put a program amid `zeros`, so that a damaged one which makes
 * the runtime read outside of it does the same everywhere (spec/requests.md).
 */
export type Surroundings = 'unknown' | 'zeros';

/** Bytes of zeros before a program. */
export const ZEROS_BEFORE = 3 * 2 ** 30;

/** Bytes of zeros behind a program. */
export const ZEROS_BEHIND = 8 * 2 ** 30;
