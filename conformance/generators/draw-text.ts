import { BUDGET_NUMBERS, MAX_BODY_BYTES, NEAR_BUDGETS, ODD_BYTES, ZERO_RUNS } from './domain.js';
import type { GeneratedText } from './generated-case.js';
import type { Random } from './random.js';

const ZERO = 0x30;
const EMPTY: GeneratedText = { zeros: 0, body: new Uint8Array(0) };
const BOUNDARY_BODIES = BUDGET_NUMBERS.map((number) => bytesOfAscii(String(number)));
const NEAR_BODIES = NEAR_BUDGETS.map(bytesOfAscii);

/**
 * The bytes of a budget: mostly valid numbers at and beside the limits, often with leading zeros;
 * about a third with bytes that does not belong there, a few empty.
 */
export function drawText(random: Random): GeneratedText {
  const kind = random.below(100);
  if (kind < 5) return EMPTY;
  if (kind < 15) return { zeros: 0, body: random.pick(NEAR_BODIES) };
  const body = kind < 45 ? random.pick(BOUNDARY_BODIES) : drawDigits(random);
  const zeros = random.chance(25) ? random.pick(ZERO_RUNS) : 0;
  return { zeros, body: random.chance(22) ? spoiled(random, body) : body };
}

function drawDigits(random: Random): Uint8Array {
  // Short numbers are most often below the size of an engine, where they are not clamped.
  const length = 1 + random.below(random.chance(80) ? 4 : 19);
  const digits = new Uint8Array(length);
  for (let at = 0; at < length; at++) digits[at] = ZERO + random.below(10);
  return digits;
}

/** The body with one odd byte before it, behind it, between, or instead of a digit. */
function spoiled(random: Random, body: Uint8Array): Uint8Array {
  const odd = random.pick(ODD_BYTES);
  const at = random.chance(35) ? 0 : random.chance(50) ? body.length : random.below(body.length + 1);
  const cut = random.chance(20) && at < body.length ? 1 : 0;
  const bytes = new Uint8Array(Math.min(body.length + 1 - cut, MAX_BODY_BYTES));
  bytes.set(body.subarray(0, at));
  bytes[at] = odd;
  bytes.set(body.subarray(at + cut), at + 1);
  return bytes;
}

function bytesOfAscii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
