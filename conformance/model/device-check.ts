import type { ClauseId } from '../../reference/index.js';

/**
 * - `pass`, `fail`: what was seen is, or is not, what has to be.
 * - `crashed`, `timed-out`: a process that looked did not end as it should.
 * - `recorded`: nothing is demanded; what was seen is kept.
 */
export type DeviceVerdict = 'pass' | 'fail' | 'crashed' | 'timed-out' | 'recorded';

/** What was seen of one thing that only a device can show: a line of the report. */
export interface DeviceCheckResult {
  /** Names the check and what it was made with, such as `tight-memory/0/free=94371840`. */
  readonly name: string;
  /** The clause that it is about; null where none speaks of it. */
  readonly clause: ClauseId | null;
  readonly verdict: DeviceVerdict;
  /** What was seen, in a sentence without a full stop at its end. */
  readonly message: string;
  /** The lines that native/device-check printed. */
  readonly observed: readonly Observation[];
}

/** A line of native/device-check. Numbers are decimal strings, sizes bytes. */
export type Observation = Readonly<Record<string, string | boolean>>;

/** A number of an observation. Throws an error when there is none of that name. */
export function numberOf(observation: Observation, name: string): bigint {
  const value = observation[name];
  if (typeof value !== 'string') throw new Error(`native/device-check printed no ${name}.`);
  return BigInt(value);
}
