import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { capturedMain as cli } from './captured-main.js';
import { unfolded } from '../testing/unfolded.js';

const folder = mkdtempSync(join(tmpdir(), 'merge-command-'));
const at = (name: string): string => join(folder, name);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const RUN = ['--filter', 'WSB-APPLY-*', '--jobs', '1'] as const;
const WRONG = ['run', '--subject', 'reference:no-clamp', ...RUN] as const;

const shard = (number: number, of: number, name = `${number}-of-${of}`): ReturnType<typeof cli> =>
  cli(...WRONG, '--shard', `${number}/${of}`, '--report', at(name));

let second: Awaited<ReturnType<typeof cli>>;
beforeAll(async () => {
  await cli(...WRONG, '--report', at('whole'));
  await shard(1, 3);
  second = await shard(2, 3);
  await shard(3, 3);
}, 120_000);

/** The lines of a report less what differs from run to run. */
function linesOf(name: string): readonly unknown[] {
  const text = readFileSync(join(at(name), 'report.jsonl'), 'utf8').replaceAll(at(name), 'FOLDER');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { chain, milliseconds, started, ...rest } = JSON.parse(line) as Record<string, unknown>;
      expect([typeof chain, typeof milliseconds, typeof started]).toContain('string');
      return JSON.stringify(rest);
    });
}

/** A copy of a shard whose report a function changes. */
function changed(name: string, to: string, change: (text: string) => string): string {
  cpSync(at(name), at(to), { recursive: true });
  const file = join(at(to), 'report.jsonl');
  writeFileSync(file, change(readFileSync(file, 'utf8')));
  return at(to);
}

const merge = (names: readonly string[], ...more: readonly string[]): ReturnType<typeof cli> =>
  cli('report', 'merge', ...names, '--report', at('merged'), ...more);

const ALL = ['3-of-3', '1-of-3', '2-of-3'].map(at);

describe('run --shard', () => {
  it('says what it counted, how to go on, and nothing of conformance', () => {
    expect(unfolded(second.out)).toContain('shard 2 of 3');
    expect(unfolded(second.out)).toMatch(/Shard 2 of 3: \d+ cases, \d+ of them failed/);
    expect(unfolded(second.out)).toContain('report merge');
    expect(second.out).not.toMatch(/conforms? to|does not conform/);
    expect(second.code).toBe(1);
  });

  it.each(['--time 1s', '--budget 1s', '--fail-fast', '--keep', '--stats', '--reporter junit'])(
    'is refused beside %s',
    async (option) => {
      const { code, err } = await cli(...WRONG, '--shard', '1/2', '--report', at('no'), ...option.split(' '));
      expect(code).toBe(2);
      expect(err).toContain('cannot be used with --shard');
    },
  );

  it('is told apart by whoever reads reports of runs', async () => {
    for (const command of [['verify'], ['report', 'verify'], ['report', 'junit']]) {
      const { out, err, code } = await cli(...command, join(at('2-of-3'), 'report.jsonl'));
      expect(code).not.toBe(0);
      expect(out + err).toContain('It is shard 2 of 3 of a run, which says nothing alone.');
    }
  });
});

describe('trt-conformance report merge', () => {
  it('makes the report of the whole, whatever the order of its shards', async () => {
    const { code, out } = await merge(ALL);
    expect(code).toBe(1);
    expect(out).toContain('does not conform');
    expect(linesOf('merged')).toEqual(linesOf('whole'));
    expect((await cli('verify', join(at('merged'), 'report.jsonl'))).code).toBe(0);
  });

  it('writes a file, and other formats', async () => {
    const file = join(folder, 'out', 'all.jsonl');
    const formats = ['--reporter', 'badge', '--reporter', 'html'];
    const { code } = await cli('report', 'merge', ...ALL, '--out', file, ...formats);
    expect(code).toBe(1);
    expect((await cli('verify', file)).code).toBe(0);
    for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) {
      expect(line.match(/"chain":/g)).toHaveLength(1);
    }
    expect(readFileSync(join(folder, 'out', 'badge.json'), 'utf8')).toContain('schemaVersion');
    expect(readFileSync(join(folder, 'out', 'report.html'), 'utf8')).toContain('</html>');
  });

  it('makes one of more shards than there are steps, and of one', async () => {
    for (const of of [1, 9]) {
      const names: string[] = [];
      for (let number = 1; number <= of; number++) {
        await shard(number, of);
        names.push(at(`${number}-of-${of}`));
      }
      await merge(names);
      expect(linesOf('merged')).toEqual(linesOf('whole'));
    }
  }, 120_000);

  const refusals: [string, () => Promise<readonly string[]>, string][] = [
    ['missing ones', () => Promise.resolve(ALL.slice(0, 1)), 'Shard 1, 2 of 3 are missing'],
    ['one given twice', () => Promise.resolve([...ALL, at('2-of-3')]), 'Shard 2 of 3 is given twice'],
    ['a whole run', () => Promise.resolve([at('whole')]), 'report of a whole run'],
    [
      'those of another seed',
      async () => {
        await cli(...WRONG, '--seed', '2', '--shard', '1/3', '--report', at('seed'));
        return [at('seed'), ...ALL.slice(2)];
      },
      'seed: was 2, is now 1',
    ],
    [
      'another division',
      () => shard(1, 2).then(() => [at('1-of-2'), at('2-of-3')]),
      'shard: was 0/2, is now 0/3',
    ],
    [
      'an edited one',
      () =>
        Promise.resolve([changed('1-of-3', 'edited', (text) => text.replace('"pass"', '"fail"')), ...ALL]),
      'was changed after its run',
    ],
    [
      'an unfinished one',
      () => {
        const cut = (text: string): string =>
          text.replace(/,"chain":"[0-9a-f]*"\}$/gm, '}').replace(/\{"record":"shard".*\n$/, '');
        return Promise.resolve([changed('1-of-3', 'cut', cut), ...ALL.slice(2)]);
      },
      'which is not finished. To finish it:',
    ],
    ['what is no report', () => Promise.resolve([changed('1-of-3', 'none', () => 'no\n')]), 'is no report'],
  ];
  it.each(refusals)('refuses %s', async (_, names, why) => {
    const { code, err } = await merge(await names());
    expect(err).toContain(why);
    expect(code).toBe(2);
  });

  it('goes on with an unfinished shard by the command that it says', async () => {
    const cut = changed('1-of-3', 'again', (text) =>
      text.replace(/,"chain":"[0-9a-f]*"\}$/gm, '}').replace(/(?:.*\n){3}$/, ''),
    );
    await cli(...WRONG, '--shard', '1/3', '--report', cut, '--resume');
    await merge([cut, at('2-of-3'), at('3-of-3')]);
    expect(linesOf('merged')).toEqual(linesOf('whole'));
  });

  it('leaves the report of a shard as it is', async () => {
    const { code, err } = await cli('report', 'merge', ...ALL, '--report', at('2-of-3'));
    expect(err).toContain('is the folder of a shard');
    expect(code).toBe(2);
  });
});
