import type { Random } from '../generators/random.js';

/** Bytes of a mutant at most, unless what it is made of has more. */
export const MOST_INPUT_BYTES = 4096;

const MOST_CHANGES = 4;
/** Numbers at which readers err. */
const NUMBERS = [0, 1, 2, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, 255, 256, 0x7fffffff, 0x80000000, -1];
/** Characters by which texts are built. */
const CHARACTERS = Buffer.from('{}[]",:\\/-+.0123456789eEuntrf \u0000\u007fé\ud7ff');

/** A copy of an input with a few changes that know nothing of it; some take in part of `other`. */
export function mutateBytes(random: Random, input: Uint8Array, other: Uint8Array): Uint8Array {
  let bytes: Buffer = Buffer.from(input);
  for (let left = 1 + random.below(MOST_CHANGES); left > 0; left--) bytes = change(random, bytes, other);
  return new Uint8Array(bytes.subarray(0, Math.max(MOST_INPUT_BYTES, input.length)));
}

function change(random: Random, bytes: Buffer, other: Uint8Array): Buffer {
  if (bytes.length === 0) return Buffer.of(random.below(256));
  const at = random.below(bytes.length);
  switch (random.below(8)) {
    case 0:
      bytes.writeUInt8(Number(bytes[at]) ^ (1 << random.below(8)), at);
      return bytes;
    case 1:
      bytes.writeUInt8(random.below(256), at);
      return bytes;
    case 2:
      bytes.writeUInt8(random.pick([...CHARACTERS]), at);
      return bytes;
    case 3:
      return putNumber(random, bytes, at);
    case 4:
      return spliced(bytes, at, 1 + random.below(Math.min(16, bytes.length - at)), Buffer.of());
    case 5:
      return spliced(bytes, at, 0, bytes.subarray(at, at + 1 + random.below(16)));
    case 6:
      return spliced(bytes, at, 0, Buffer.of(random.pick([...CHARACTERS])));
    default:
      return crossed(random, bytes, at, other);
  }
}

/** Writes a number of 1, 2, 4 or 8 bytes, little-endian, as far as it fits. */
function putNumber(random: Random, bytes: Buffer, at: number): Buffer {
  const size = random.pick([1, 2, 4, 8]);
  let value = BigInt.asUintN(64, BigInt(random.chance(25) ? random.bits() : random.pick(NUMBERS)));
  for (let n = 0; n < size && at + n < bytes.length; n++) {
    bytes.writeUInt8(Number(value & 0xffn), at + n);
    value >>= 8n;
  }
  return bytes;
}

/** Puts a part of another input in the place of some bytes. */
function crossed(random: Random, bytes: Buffer, at: number, other: Uint8Array): Buffer {
  const from = random.below(other.length + 1);
  const part = Buffer.from(other.subarray(from, from + 1 + random.below(32)));
  return spliced(bytes, at, random.chance(50) ? Math.min(part.length, bytes.length - at) : 0, part);
}

function spliced(bytes: Buffer, at: number, count: number, part: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, at), part, bytes.subarray(at + count)]);
}
