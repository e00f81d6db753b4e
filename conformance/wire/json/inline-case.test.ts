import { describe, expect, it } from 'vitest';
import { deflateSync } from 'node:zlib';
import { AREAS } from '../../cases/all-cases.js';
import { caseFromInline, INLINE, inlineCase } from './inline-case.js';
import { caseToJson } from './json-case.js';

const cases = Object.values(AREAS).flat();

describe('a case in a command', () => {
  it('reads back as the same JSON, whatever the case', () => {
    for (const one of cases) {
      const json = caseToJson(one);
      expect(caseFromInline(inlineCase(json))).toBe(JSON.stringify(json));
    }
  });

  it('is short: of every other case below 200 characters', () => {
    const sizes = cases.map((one) => inlineCase(caseToJson(one)).length).sort((a, b) => a - b);
    expect(sizes[sizes.length >> 1]).toBeLessThan(200);
  });

  it('holds nothing that a shell reads otherwise', () => {
    for (const one of cases) expect(inlineCase(caseToJson(one))).toMatch(/^inline:[\w-]+$/);
  });

  it('is refused when a character is missing, was changed, or does not belong there', () => {
    const text = inlineCase({ id: 'WSB-PARSE-03/violation/spec="+0"' });
    expect(() => caseFromInline(text.slice(0, -4))).toThrow('it is cut');
    expect(() => caseFromInline(`${text.slice(0, 20)}AAAA${text.slice(24)}`)).toThrow('was changed');
    expect(() => caseFromInline(`${text} `)).toThrow('no Base64');
    expect(() => caseFromInline(INLINE)).toThrow('no Base64');
  });

  it('is refused when it grows beyond all bounds', () => {
    const bomb = INLINE + deflateSync(Buffer.alloc(100 << 20), { level: 9 }).toString('base64url');
    expect(() => caseFromInline(bomb)).toThrow(/it is cut.*larger than/);
  });
});
