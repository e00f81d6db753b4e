import { describe, expect, it } from 'vitest';
import { OUTCOME_HEADER, SOURCE_NONE, SOURCE_OPTION } from '../wire/decision-format.js';
import { decisionRecord } from './decision-record.js';
import { ProtocolFault } from './protocol-fault.js';

const ENGINE = { source: 'option', warned: false, automaticRead: false, sets: [{ budget: '5', ok: true }] };
const record = (change: object): Uint8Array =>
  decisionRecord({ error: 'Ok', engines: [{ ...ENGINE, ...change }] }, 3);

describe('decisionRecord', () => {
  it('writes where the budget comes from', () => {
    expect(record({})[OUTCOME_HEADER]).toBe(SOURCE_OPTION);
    expect(record({ source: null })[OUTCOME_HEADER]).toBe(SOURCE_NONE);
  });

  it.each([
    { source: 'host' },
    { source: 'constructor' },
    { source: '__proto__' },
    { source: 1 },
    { warned: 'no' },
    { automaticRead: 0 },
    { sets: {} },
    { sets: [{ budget: '5', ok: 1 }] },
    { sets: [{ budget: 5, ok: true }] },
    { sets: [{ budget: '9223372036854775808', ok: true }] },
    { sets: [{ budget: '05', ok: true }] },
    { more: true },
  ])('takes no %j', (change) => {
    expect(() => record(change)).toThrow(ProtocolFault);
  });

  it.each(['ok', 'constructor', 0])('takes %j for no error', (error) => {
    expect(() => decisionRecord({ error, engines: [ENGINE] }, 3)).toThrow(ProtocolFault);
  });
});
