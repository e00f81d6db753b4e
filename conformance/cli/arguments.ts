import { InvalidArgumentError } from 'commander';
import { CAPABILITIES, type Capability, isCapability, TOLD_BY_HOST } from '../protocol/capabilities.js';
import { visibleLine } from '../model/visible-text.js';
import { parseSeries, type Series } from '../hardware/sweep/series.js';
import { type Amount, readAmount } from '../planning/amount.js';

const MOST_CASES = 1_000_000_000;
const MOST_JOBS = 256;
const MOST_SEED = 2 ** 31 - 1;

/** A number of cases from the command line. */
export function parseCount(text: string): number {
  return parseNumber(text, MOST_CASES);
}

/** A number of threads from the command line. */
export function parseJobs(text: string): number {
  const jobs = parseNumber(text, MOST_JOBS);
  if (jobs > 0) return jobs;
  throw new InvalidArgumentError('Give at least 1 thread.');
}

/** A duration from the command line, such as `90s`, `60m` or `2h`, in milliseconds. */
export function parseDuration(text: string): number {
  const duration = durationOf(text);
  if (duration !== null) return duration;
  throw new InvalidArgumentError('Give a number with its unit, such as 90s, 60m or 2h.');
}

/** A duration as {@link parseDuration} and {@link parseTimeout} read it. */
export function durationText(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}

/** Milliseconds that a subject can be waited for at a case. */
const TIMEOUTS = { least: 100, most: 3_600_000 };

/** A time limit of a case from the command line, such as `500ms` or `5m`, in milliseconds. */
export function parseTimeout(text: string): number {
  const inMilliseconds = /^(\d{1,7})ms$/.exec(text);
  const limit = inMilliseconds === null ? durationOf(text) : Number(inMilliseconds[1]);
  if (limit !== null && limit >= TIMEOUTS.least && limit <= TIMEOUTS.most) return limit;
  throw new InvalidArgumentError('Give a time from 100ms to 1h, such as 500ms, 30s or 5m.');
}

/** The time that a run may take from the command line, in milliseconds. */
export function parseBudget(text: string): number {
  const budget = parseDuration(text);
  if (budget > 0) return budget;
  throw new InvalidArgumentError('Give at least 1s.');
}

function durationOf(text: string): number | null {
  const match = /^(\d{1,6})([smh])$/.exec(text);
  const unit = match?.[2] === 'h' ? 3_600_000 : match?.[2] === 'm' ? 60_000 : 1000;
  return match === null ? null : Number(match[1]) * unit;
}

/** A seed from the command line. */
export function parseSeed(text: string): number {
  return parseNumber(text, MOST_SEED);
}

/** Names from the command line, such as `WSB-OPT-06,-WSB-FAIL-*`, with those given before. */
export function collectNames(text: string, before: readonly string[] = []): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.every((name) => /^-?[^-\s]\S*$/.test(name))) return [...before, ...names];
  throw new InvalidArgumentError('Give names separated by commas, such as WSB-OPT-06,-WSB-FAIL-*.');
}

/**
 * Capabilities that a delegate lacks from the command line, such as `execute,module`, with those
 * given before: each once, in the order of spec/protocol.md.
 */
export function parseLacks(text: string, before: readonly Capability[] = []): Capability[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !isCapability(name));
  if (unknown.length > 0) {
    const shown = unknown.map((name) => visibleLine(JSON.stringify(name))).join(', ');
    throw new InvalidArgumentError(`There is no capability ${shown}. There are: ${CAPABILITIES.join(', ')}.`);
  }
  const told = TOLD_BY_HOST.filter((name) => names.includes(name));
  if (told.length > 0) {
    throw new InvalidArgumentError(
      `A library cannot lack ${told.join(', ')}: the host that it runs in tells that. Leave it out.`,
    );
  }
  return CAPABILITIES.filter((name) => before.includes(name) || names.includes(name));
}

function parseNumber(text: string, most: number): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (number <= most) return number;
  throw new InvalidArgumentError(`Give a number from 0 to ${most}, in digits only.`);
}

/** A number of bytes, or a share of some, from the command line, such as `8GiB` or `50%`. */
export function amountOf(text: string): Amount {
  try {
    return readAmount(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

/** Names of series from the command line, such as `8x4096b1,8x4096b1*2`. */
export function parseSeriesList(text: string): Series[] {
  try {
    return text.split(',').map((name) => parseSeries(name));
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}
