import { describe, expect, it } from 'vitest';
import { PARTS } from './parts.js';
import { readSanitizeOptions } from './sanitize-options.js';

describe('the options of npm run sanitize', () => {
  it('are all sanitizers and all parts, with a million decisions, when none is given', () => {
    expect(readSanitizeOptions([])).toMatchObject({
      sanitizers: [{ name: 'address' }, { name: 'thread' }],
      parts: PARTS,
      ...{ cases: 100_000, decisions: 1_000_000, mutant: null, filter: [] },
    });
  });

  it('choose, in the order of all', () => {
    const args = [
      '--part',
      'threads',
      '--part',
      'canary',
      '--sanitizer',
      'thread',
      '--jobs',
      '0',
      '--cases',
      '7',
    ];
    expect(readSanitizeOptions(args)).toMatchObject({
      sanitizers: [{ name: 'thread' }],
      parts: [{ name: 'canary' }, { name: 'threads' }],
      ...{ cases: 7, jobs: 1 },
    });
  });

  it.each([
    [['--part', 'all'], '--part is "all"; there are: canary,'],
    [['--sanitizer', 'memory'], '--sanitizer is "memory"; there are: address, thread.'],
    [['--cases', '-1'], "'--cases' argument is ambiguous"],
    [['--cases', 'x'], '--cases is "x", which is no number.'],
    [['--fast'], "Unknown option '--fast'"],
  ])('%j are refused', (args, message) => {
    const refused = readSanitizeOptions(args);
    expect(refused).toMatchObject({ exitCode: 2 });
    expect('text' in refused && refused.text).toContain(message);
    expect('text' in refused && refused.text).toContain('usage: npm run sanitize');
  });
});
