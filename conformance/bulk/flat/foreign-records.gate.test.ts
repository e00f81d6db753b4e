import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { decide } from '../../../reference/rules/decide.js';
import { decodeDecision, decodeDecisionOutcome } from '../../wire/decode-decision.js';
import { memoryOf, newMemory } from '../../wire/memory.js';
import { FlatModel } from './flat-model.js';

/*
 * A writer of records that shares nothing with the generators: neither their source of randomness
 * nor what they draw.
 */

const RECORDS = 200_000;
const KEY = Buffer.from('weight_streaming_budget');

/** SHA-256 in counter mode. */
class Bytes {
  #pool = Buffer.alloc(0);
  #counter = 0;

  take(count: number): Buffer {
    while (this.#pool.length < count) {
      const next = createHash('sha256').update(`records ${this.#counter++}`).digest();
      this.#pool = Buffer.concat([this.#pool, next]);
    }
    const taken = this.#pool.subarray(0, count);
    this.#pool = this.#pool.subarray(count);
    return taken;
  }

  below(limit: number): number {
    return this.take(4).readUInt32LE() % limit;
  }
}

function text(random: Bytes, most: number): Buffer {
  const length = random.below(4) === 0 ? random.below(most + 1) : random.below(Math.min(most, 21));
  const bytes = Buffer.from(random.take(length));
  if (random.below(3) > 0) for (const [at, byte] of bytes.entries()) bytes[at] = 0x30 + (byte % 10);
  if (length > 0 && random.below(5) === 0) bytes[random.below(length)] = random.below(256);
  return bytes;
}

function key(random: Bytes, most: number): Buffer {
  switch (random.below(5)) {
    case 0:
      return text(random, most);
    case 1:
      return Buffer.concat([KEY, Buffer.of(0), text(random, most - KEY.length - 1)]);
    case 2:
      return Buffer.concat([KEY.subarray(0, random.below(24)), text(random, 20)]);
    default:
      return KEY;
  }
}

function number(bytes: number, value: number): Buffer {
  const written = Buffer.alloc(bytes);
  written.writeUIntLE(value, 0, bytes);
  return written;
}

function record(random: Bytes): Buffer {
  const options = random.below(4) === 0 ? random.below(16) : random.below(3);
  const engines = random.below(16) === 0 ? 1 + random.below(64) : 1 + random.below(3);
  const parts: Buffer[] = [number(1, options), number(1, engines)];
  for (let n = 0; n < options; n++) {
    const own = key(random, 63);
    parts.push(number(1, own.length), own);
    const type = random.below(4);
    if (type === 0) parts.push(Buffer.of(0, random.below(2)));
    else if (type === 1) parts.push(Buffer.of(1), random.take(4));
    else {
      const array = text(random, 256);
      parts.push(Buffer.of(3), number(2, array.length), array);
    }
  }
  for (let n = 0; n < engines; n++) {
    const size = Buffer.from(random.take(16));
    if (random.below(2) === 0) size.fill(0, 2, 8);
    const specs = random.below(4);
    parts.push(size, random.take(1), Buffer.of(0), number(1, specs));
    for (let k = 0; k < specs; k++) {
      const [own, value] = [key(random, 255), text(random, 400)];
      parts.push(number(1, own.length), own, number(2, value.length), value);
    }
  }
  const body = Buffer.concat(parts);
  return Buffer.concat([number(2, body.length + 2), body]);
}

it(`the models agree on ${RECORDS.toLocaleString('en')} records that were written independently`, () => {
  const random = new Bytes();
  const model = new FlatModel('decision');
  const out = newMemory(1 << 12);
  let rejected = 0;
  for (let n = 0; n < RECORDS; n++) {
    const bytes = Uint8Array.from(record(random));
    model.decideForeign(memoryOf(bytes), bytes.length, out);
    const flat = decodeDecisionOutcome(out.bytes, 0);
    const readable = decide(decodeDecision(bytes, 0));
    if (readable.rejected) rejected++;
    if (JSON.stringify(flat, asText) === JSON.stringify(readable, asText)) continue;
    expect({ record: Buffer.from(bytes).toString('hex'), outcome: flat }).toEqual({
      record: Buffer.from(bytes).toString('hex'),
      outcome: readable,
    });
  }
  expect(rejected / RECORDS).toBeGreaterThan(0.2);
  expect(rejected / RECORDS).toBeLessThan(0.95);
});

function asText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
