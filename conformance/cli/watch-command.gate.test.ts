import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';
import { suiteRoot } from '../suite-root.js';

const root = suiteRoot();
const folder = mkdtempSync(join(tmpdir(), 'watch-'));
const faulty = join(root, 'dist/conformance/testing/faulty-subjects/main.js');
const subject = join(folder, 'subject.mjs');

afterAll(() => {
  rmSync(folder, { recursive: true });
});

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
});
