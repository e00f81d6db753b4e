import { describe, expect, it } from 'vitest';
import { ALL_CASES } from '../cases/all-cases.js';
import type { Case } from '../model/case.js';
import { hexText, objections, tellingBytes } from './telling-bytes.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function caseOf(start: string): Case {
  const found = ALL_CASES.find(({ id }) => id.startsWith(start));
  if (found === undefined) throw new Error(`there is no case ${start}`);
  return found;
}

describe('hexText', () => {
  it.each([
    ['', null, 'none'],
    ['5', null, '35'],
    ['+700', 0, '[2b] 37 30 30'],
    ['9'.repeat(40), null, `${'39 '.repeat(32)}… (40 bytes)`],
    [
      `${'9'.repeat(40)}x${'9'.repeat(40)}`,
      40,
      `… from byte 32: ${'39 '.repeat(8)}[78] ${'39 '.repeat(8)}… (81 bytes)`,
    ],
    [`x${'9'.repeat(40)}`, 0, `[78] ${'39 '.repeat(8)}… (41 bytes)`],
    [`${'9'.repeat(40)}x`, 40, `… from byte 32: ${'39 '.repeat(8)}[78] (41 bytes)`],
  ])('of %j, of which byte %s matters', (text, at, shown) => {
    expect(hexText({ bytes: bytesOf(text), at })).toBe(shown);
  });
});

describe('the bytes that a case is about', () => {
  it('are the budget, with the byte that makes it malformed', () => {
    const [told] = tellingBytes(caseOf('WSB-PARSE-03/violation').request);
    expect(told?.what).toBe('compile spec of forward, engine 0');
    expect(told?.at).toBe(0);
  });

  it('are those of an option, too', () => {
    const told = ALL_CASES.filter(({ id }) => id.startsWith('WSB-PREC-01')).flatMap(({ request }) =>
      tellingBytes(request).map(({ what }) => what),
    );
    expect(told).toContain('option of step 0');
  });

  it('are the header and the metadata of a blob that is not as a writer lays it out', () => {
    const told = tellingBytes(caseOf('WSB-BLOB-06/violation').request);
    expect(told.map(({ what }) => what.split(' of ')[0])).toEqual(['blob header', 'metadata']);
    expect(new TextDecoder().decode(told[1]?.bytes)).toContain('device_id');
  });

  it('are the head of a file that no writer wrote', () => {
    const [told] = tellingBytes(caseOf('WSB-PROG-13/violation').request).slice(-1);
    expect(told?.what).toBe('head of the program');
    expect(new TextDecoder('latin1').decode(told?.bytes)).toContain('ET12');
  });

  it('can be told of every case, in few lines', () => {
    for (const { request } of ALL_CASES) {
      for (const one of tellingBytes(request)) expect(hexText(one).length).toBeLessThan(160);
    }
  });
});

describe('what the reference objects to', () => {
  it('is what a violation breaks, and nothing of a control', () => {
    const { request } = caseOf('WSB-PARSE-03/violation');
    expect(objections(request, 'WSB-PARSE-03').join()).toContain('not-a-digit at byte 0');
    expect(objections(request, 'WSB-PARSE-04')).toEqual([]);
    expect(objections(caseOf('WSB-PARSE-03/control').request, 'WSB-PARSE-03')).toEqual([]);
  });
});
