import type { Random } from '../generators/random.js';
import type { Site } from './program-sites.js';

/** A program to start from, and its places. */
export interface Seed {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sites: readonly Site[];
}

const NUMBERS = [0, 1, 2, 3, 4, 5, 7, 8, 10, 15, 16, 17, 64, 127, 128, 255, 256, 0x7fffffff, 0x80000000, -1];
const NAME_BYTES = [0, 0x20, 0x61, 0x7f, 0x80, 0xbb, 0xbf, 0xc3, 0xef, 0xfe, 0xff];
const HEADER_FIELDS = [0, 4, 8, 12, 16, 24, 32, 40];
const MOST_CHANGES = 4;

/** A copy of a seed with a few changes; most by what a byte is for, some without knowing. */
export function mutateProgram(random: Random, seed: Seed): Uint8Array {
  let bytes: Uint8Array = seed.bytes.slice();
  for (let left = 1 + random.below(MOST_CHANGES); left > 0; left--) bytes = change(random, seed, bytes);
  return bytes;
}

function change(random: Random, seed: Seed, bytes: Uint8Array): Uint8Array {
  const kind = random.below(100);
  if (kind < 55) changeSite(random, bytes, random.pick(seed.sites), seed.sites);
  else if (kind < 70) flipBit(random, bytes);
  else if (kind < 80) setByte(bytes, random.below(bytes.length), random.below(256));
  else if (kind < 88) changeHeader(random, bytes);
  else if (kind < 94) copyRange(random, bytes);
  else if (kind < 98) return bytes.slice(0, random.below(bytes.length + 1));
  else return extended(random, bytes);
  return bytes;
}

function changeSite(random: Random, bytes: Uint8Array, site: Site, sites: readonly Site[]): void {
  if (site.at + site.size > bytes.length) return;
  switch (site.kind) {
    case 'text':
      setByte(bytes, site.at, random.pick(NAME_BYTES));
      break;
    case 'reference': {
      const other = random.pick(sites);
      const target = random.chance(60) ? other.at : number(random, bytes, site);
      put(bytes, site, BigInt(random.chance(80) ? target - site.at : target));
      break;
    }
    case 'slot':
      put(bytes, site, BigInt(random.chance(40) ? 0 : random.pick([4, 8, 12, 16, random.below(64)])));
      break;
    case 'scalar':
    case 'count':
      put(bytes, site, BigInt(number(random, bytes, site)));
      break;
  }
}

/** A number that is near the one that stands there, or often a limit. */
function number(random: Random, bytes: Uint8Array, site: Site): number {
  const before = Number(bytes[site.at]);
  const choice = random.below(4);
  if (choice === 0) return before + random.below(9) - 4;
  return choice === 3 ? random.bits() : random.pick(NUMBERS);
}

function put(bytes: Uint8Array, { at, size }: Site, value: bigint): void {
  for (let n = 0; n < size && at + n < bytes.length; n++) {
    bytes[at + n] = Number(BigInt.asUintN(64, value >> BigInt(8 * n)) & 0xffn);
  }
}

function flipBit(random: Random, bytes: Uint8Array): void {
  const at = random.below(bytes.length);
  setByte(bytes, at, Number(bytes[at]) ^ (1 << random.below(8)));
}

function setByte(bytes: Uint8Array, at: number, value: number): void {
  if (at < bytes.length) bytes[at] = value;
}

function changeHeader(random: Random, bytes: Uint8Array): void {
  const at = random.pick(HEADER_FIELDS);
  const site: Site = { kind: 'scalar', at, size: at < 16 ? 4 : 8 };
  if (random.chance(30)) setByte(bytes, at + random.below(site.size), random.below(256));
  else if (at < bytes.length) put(bytes, site, BigInt(number(random, bytes, site)));
}

function copyRange(random: Random, bytes: Uint8Array): void {
  const size = Math.min(4 * (1 + random.below(8)), bytes.length);
  const from = random.below(bytes.length - size + 1) & ~3;
  bytes.copyWithin(random.below(bytes.length - size + 1) & ~3, from, from + size);
}

function extended(random: Random, bytes: Uint8Array): Uint8Array {
  const longer = new Uint8Array(bytes.length + 1 + random.below(64));
  longer.set(bytes);
  return longer;
}
