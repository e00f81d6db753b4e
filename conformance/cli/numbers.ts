import { InvalidArgumentError } from 'commander';

const MOST_CASES = 1_000_000_000;
const MOST_SEED = 2 ** 31 - 1;

/** A number of cases from the command line. */
export function parseCount(text: string): number {
  return parseNumber(text, MOST_CASES);
}

/** A seed from the command line. */
export function parseSeed(text: string): number {
  return parseNumber(text, MOST_SEED);
}

function parseNumber(text: string, most: number): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (number <= most) return number;
  throw new InvalidArgumentError(`It is a number from 0 to ${most}, in digits alone.`);
}
