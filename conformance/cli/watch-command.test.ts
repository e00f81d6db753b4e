import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { suiteRoot } from '../suite-root.js';
import { capturedMain as cli } from './captured-main.js';
import { watchedFiles } from './watched-files.js';

const root = suiteRoot();
const folder = mkdtempSync(join(tmpdir(), 'watch-'));
const faulty = join(root, 'dist/conformance/testing/faulty-subjects/main.js');
const subject = join(folder, 'subject.mjs');

afterAll(() => {
  rmSync(folder, { recursive: true });
});

beforeAll(async () => {
  await execa(process.execPath, ['scripts/build.mjs', '--ts-only'], { cwd: root });
}, 300_000);

/** A subject in a file of its own, with a fault or none. */
function writeSubject(fault: string): void {
  writeFileSync(
    subject,
    `process.argv[2] = ${JSON.stringify(fault)};\nawait import(${JSON.stringify(faulty)});\n`,
  );
}

describe('watch', () => {
  it('runs again when a file of the subject changes, first what failed, and ends with 0 at Ctrl-C', async () => {
    writeSubject('leaks');
    const watching = execa(
      process.execPath,
      [
        ...[
          join(root, 'scripts/trt-conformance.mjs'),
          'watch',
          '--subject',
          `exec:${process.execPath} ${subject}`,
        ],
        ...['--filter', 'WSB-LIFE-*', '--filter', 'WSB-PARSE-03', '--depth', 'program', '--report', 'r'],
      ],
      { cwd: folder, reject: false, all: true },
    );
    let shown = '';
    watching.all.on('data', (chunk: Buffer) => {
      shown += chunk.toString();
    });
    const shows = async (text: string, times: number): Promise<boolean> => {
      for (let tries = 0; tries < 1200 && shown.split(text).length - 1 < times; tries++) await sleep(100);
      return shown.split(text).length - 1 >= times;
    };
    expect(await shows('Watching ', 1), shown).toBe(true);
    expect(shown).toContain('The subject does not conform');
    writeSubject('leaks ');
    writeSubject('leaks');
    expect(await shows('Watching ', 2), shown).toBe(true);
    expect(shown).toContain('Since the report of ');
    expect(shown).toContain('Something that failed still does, so the rest was not run.');
    writeSubject('none');
    expect(await shows('Watching ', 3), shown).toBe(true);
    expect(shown.split('The subject keeps what was chosen')).toHaveLength(3);
    expect(shown).not.toContain('\u001b[2J');
    watching.kill('SIGINT');
    expect((await watching).exitCode).toBe(0);
  }, 400_000);

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
    writeSubject('none');
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
