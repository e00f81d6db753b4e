import { describe, expect, it } from 'vitest';
import { FileError } from '../files/file-error.js';
import { SubjectError } from '../model/subject-error.js';
import { DocumentError } from '../spec/schemas.js';
import { exitCodeOfError } from './exit-code-of-error.js';
import { UsageError } from './output.js';

const system = Object.assign(new Error('EMFILE: too many open files, open'), {
  syscall: 'open',
  code: 'EMFILE',
});

describe('exitCodeOfError', () => {
  it.each([
    [new UsageError('no such case'), 2],
    [new SubjectError('unknown', 'no such subject'), 2],
    [new SubjectError('broken', 'it broke'), 3],
    [new SubjectError('absent', 'There is no file x.so.'), 4],
    [new FileError('not a plain file'), 4],
    [new DocumentError('x.json', 'is not JSON'), 4],
    [system, 4],
    [new TypeError('cannot read properties of undefined'), 4],
    [new RangeError('Invalid string length'), 4],
    ['a text', 4],
    [undefined, 4],
  ] as const)('of %s is %i, never a verdict', async (error, code) => {
    let said = '';
    const err = {
      write: (text: string) => {
        said += text;
        return true;
      },
    };
    expect(await exitCodeOfError(error, { out: () => undefined, err })).toBe(code);
    expect(said).toMatch(/^error: /);
    if (error instanceof SubjectError) expect(said.split('\n')).toHaveLength(2);
  });
});
