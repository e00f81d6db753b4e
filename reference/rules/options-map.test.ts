import { describe, expect, it } from 'vitest';
import type { OptionsEntry } from '../request/load-request.js';
import { findOption } from './find-option.js';
import { buildOptionsMap, optionsFor } from './options-map.js';

const entry = (backend: string, value = 1): OptionsEntry => ({
  backend,
  via: 'builder',
  options: [{ key: 'k', value: { type: 'int', value } }],
});
const backends = (count: number): OptionsEntry[] => Array.from({ length: count }, (_, n) => entry(`B${n}`));

describe('buildOptionsMap', () => {
  it('takes eight backends and refuses a ninth (WSB-OPT-16)', () => {
    expect(buildOptionsMap(backends(8))?.size).toBe(8);
    expect(buildOptionsMap(backends(9))).toBeNull();
  });

  it('replaces the whole entry of an id, in a full map too (WSB-OPT-17)', () => {
    const map = buildOptionsMap([...backends(8), { ...entry('B2'), options: [] }]);
    expect(map?.get('B2')).toEqual([]);
    expect(map?.size).toBe(8);
  });

  it.each([
    ['a', true],
    ['a'.repeat(63), true],
    ['a'.repeat(64), false],
    ['', false],
    ['\0a', false],
    ['é'.repeat(31), true],
    ['é'.repeat(32), false],
  ])('judges the backend id %j by its bytes (WSB-OPT-18)', (id, ok) => {
    expect(buildOptionsMap([entry(id)]) !== null).toBe(ok);
  });

  it('refuses the options of an entry that a builder refuses (WSB-OPT-15)', () => {
    const options = Array.from({ length: 9 }, (_, n) => ({
      key: `k${n}`,
      value: { type: 'int', value: n } as const,
    }));
    expect(buildOptionsMap([{ backend: 'B', via: 'builder', options }])).toBeNull();
  });

  it('is empty without entries (WSB-OPT-19)', () => {
    expect(buildOptionsMap([])?.size).toBe(0);
  });
});

describe('optionsFor', () => {
  it('gives the options of that backend alone (WSB-OPT-10)', () => {
    const map = buildOptionsMap([entry('B', 5)]);
    expect(optionsFor(map, 'B')).toEqual([{ key: 'k', value: { type: 'int', value: 5 } }]);
    expect(optionsFor(map, 'b')).toEqual([]);
    expect(optionsFor(null, 'B')).toEqual([]);
  });
});

describe('findOption', () => {
  it('gives the first value of a key (WSB-OPT-12)', () => {
    const options = [1, 2].map((value) => ({ key: 'k', value: { type: 'int', value } as const }));
    expect(findOption(options, 'k')).toEqual({ type: 'int', value: 1 });
    expect(findOption(options, 'K')).toBeNull();
  });
});
