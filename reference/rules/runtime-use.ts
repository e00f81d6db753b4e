/**
 * How a delegate comes by its runtimes, which no host can see and no clause demands
 * (WSB-FAIL-06).
 */
export interface RuntimeUse {
  /**
   * Whether the availability check makes a runtime: each time, until one could be made, or never.
   * One that the delegate has already does as well.
   */
  readonly check: 'each' | 'first' | 'none';
  /**
   * How long a runtime is kept: as long as its engine, as long as any engine, or for the life of
   * the process, where it is made at its first use or was there before the request.
   */
  readonly kept: 'engine' | 'engines' | 'process' | 'before';
}

/** Upstream's way: one for each check and one for each engine. */
export const RUNTIMES_ANEW: RuntimeUse = { check: 'each', kept: 'engine' };

/** Every other way that the reference knows. */
export const OTHER_RUNTIME_USES: readonly RuntimeUse[] = (
  ['engine', 'engines', 'process', 'before'] as const
).flatMap((kept) =>
  (['each', 'first', 'none'] as const)
    .map((check) => ({ check, kept }))
    .filter((use) => use.check !== RUNTIMES_ANEW.check || use.kept !== RUNTIMES_ANEW.kept),
);
