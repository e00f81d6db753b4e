import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { suiteRoot } from '../suite-root.js';
import { capturedMain as cli } from './captured-main.js';
import { watchedFiles } from './watched-files.js';

const root = suiteRoot();
const folder = mkdtempSync(join(tmpdir(), 'watch-'));
const subject = join(folder, 'subject.mjs');

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('watch', () => {
  it.each([
    [['--subject', 'reference'], /reference has no file of which a change could be seen/],
    [['--subject', 'so:x.so', '--case', 'x'], /leave out --case, --program and --resume/],
    [['--subject', 'so:x.so', '--resume'], /leave out --case/],
    [['--fitler', 'x'], /unknown option '--fitler'/],
    [['--budget', '0s'], /Give at least 1s/],
  ])('refuses %j before it runs anything', async (options, why) => {
    const { code, out, err } = await cli('watch', ...options);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(why);
  });
});

describe('the files that are watched', () => {
  it('are those of the subject and of the options, also one that is not there yet', () => {
    writeFileSync(subject, '');
    const options = {
      subject: `exec:node ${subject} --flag`,
      expectations: ['/e.json'],
      filterFrom: ['/f.txt'],
    };
    expect(watchedFiles(root, { ...options, config: '/c.json' })).toEqual([
      ...[subject, '/e.json', '/f.txt', '/c.json'],
    ]);
    expect(watchedFiles(root, { subject: 'so:/not/there.so', config: false })).toEqual(['/not/there.so']);
    expect(watchedFiles(root, { subject: 'reference', config: false })).toEqual([]);
  });
});
