import { describe, expect, it } from 'vitest';
import type { BackendOption } from '../request/load-request.js';
import { buildOptions } from './build-options.js';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const string = (key: string, value: string): BackendOption => ({
  key,
  value: { type: 'string', bytes: text(value) },
});
const build = (via: 'builder' | 'span', ...options: BackendOption[]): ReturnType<typeof buildOptions> =>
  buildOptions({ backend: 'B', via, options });
const keys = (count: number): BackendOption[] =>
  Array.from({ length: count }, (_, n) => string(`k${n}`, 'v'));

describe('buildOptions through a builder', () => {
  it('keeps eight keys and refuses a ninth (WSB-OPT-15)', () => {
    expect(build('builder', ...keys(8))).toHaveLength(8);
    expect(build('builder', ...keys(9))).toBeNull();
  });

  it('replaces an equal key, in a full container too (WSB-OPT-14)', () => {
    const built = build('builder', ...keys(8), { key: 'k3', value: { type: 'int', value: 7 } });
    expect(built).toHaveLength(8);
    expect(built?.[3]).toEqual({ key: 'k3', value: { type: 'int', value: 7 } });
  });

  it('ends a string at its first NUL and cuts it to 255 bytes (WSB-OPT-08, WSB-OPT-13)', () => {
    const value = (given: string): Uint8Array | null => {
      const [option] = build('builder', string('k', given)) ?? [];
      return option?.value.type === 'array' ? option.value.bytes : null;
    };
    expect(value('5\0junk')).toEqual(text('5'));
    expect(value('1'.repeat(255))).toHaveLength(255);
    expect(value(`${'0'.repeat(255)}42`)).toEqual(text('0'.repeat(255)));
  });

  it('ends a key at its first NUL', () => {
    expect(build('builder', string('k\0x', '1'), string('k', '2'))).toHaveLength(1);
  });

  it('passes bool and int on', () => {
    const flag: BackendOption = { key: 'b', value: { type: 'bool', value: true } };
    expect(build('builder', flag)).toEqual([flag]);
  });
});

describe('buildOptions of a span', () => {
  it('keeps equal keys and more than eight (WSB-OPT-12)', () => {
    expect(build('span', ...keys(9), ...keys(1))).toHaveLength(10);
  });

  it('keeps an array without a terminator, and at most 256 bytes of it (WSB-OPT-07)', () => {
    const array = (size: number): BackendOption => ({
      key: 'k',
      value: { type: 'array', bytes: new Uint8Array(size).fill(0x39) },
    });
    expect(build('span', array(256))).toEqual([array(256)]);
    expect(build('span', array(257))).toEqual([array(256)]);
  });
});
