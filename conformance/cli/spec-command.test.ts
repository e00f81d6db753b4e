import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { suiteRoot } from '../suite-root.js';
import { main } from './main.js';
import { type Output, UsageError } from './output.js';
import { specCommand } from './spec-command.js';

const ROOT = suiteRoot();

interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function captured(run: (output: Output) => Promise<number>): Promise<Result> {
  const texts = { out: '', err: '' };
  const err = {
    write: (text: string): boolean => {
      texts.err += text;
      return true;
    },
  };
  const code = await run({ out: (text) => void (texts.out += text), err });
  return { code, ...texts };
}

describe('trt-conformance spec check', () => {
  it('finds the specification of this project in order', async () => {
    const { code, out, err } = await captured((output) => main(['spec', 'check'], output));
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toMatch(/^The specification is in order: \d+ clauses, [\d,]+ cases\.\n/);
    expect(out).toMatch(/\nClauses: (\d+) of \1 MUST \(100 %\) with control, failing and boundary cases; /);
    expect(out).not.toContain('Nothing judges yet');
  });

  it.each([
    [['spec', 'check', '--accpt'], /Did you mean --accept\?/],
    [['spec', 'check', 'more'], /too many arguments/],
    [['spec', 'chek'], /unknown command 'chek'/],
    [['spec', 'check', '--accept', 'WSB-PARSE-99'], /There is no clause WSB-PARSE-99\./],
    [['golden', 'check', '--nope'], /unknown option '--nope'/],
  ])('%j is a usage error', async (argv, message) => {
    const { code, err } = await captured((output) => main(argv, output));
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});

describe('spec check on another specification', () => {
  let root = '';

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'spec-check-'));
    for (const name of readdirSync(ROOT).filter((each) => each !== 'spec')) {
      symlinkSync(join(ROOT, name), join(root, name));
    }
    cpSync(join(ROOT, 'spec'), join(root, 'spec'), { recursive: true });
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  const check = (...argv: string[]): Promise<Result> =>
    captured(async (output) => {
      const ended = { code: 0 };
      const program = new Command().addCommand(specCommand(root, output, (code) => (ended.code = code)));
      await program.parseAsync(['spec', 'check', ...argv], { from: 'user' });
      return ended.code;
    });

  const edit = (file: string, change: (text: string) => string): void => {
    const path = join(root, file);
    const before = readFileSync(path, 'utf8');
    const after = change(before);
    expect(after).not.toBe(before);
    writeFileSync(path, after);
  };

  const reviewed = (): string => readFileSync(join(root, 'spec/reviewed.json'), 'utf8');

  it('finds a sentence that changed, until it is accepted', async () => {
    const before = reviewed();
    edit('spec/clauses/parsing.md', (text) => text.replace('Leading zeros, however many,', 'Leading zeros'));
    const changed = await check();
    expect(changed.code).toBe(1);
    expect(changed.err).toMatch(
      /^spec\/clauses\/parsing\.md:\d+: WSB-PARSE-02 has changed since .*spec check --accept WSB-PARSE-02"\n$/,
    );
    expect(changed.out).toContain('The specification has 1 fault:');
    expect(reviewed()).toBe(before);

    expect(await check('--accept', 'WSB-PARSE-02')).toMatchObject({ code: 0, err: '' });
    expect(reviewed()).not.toBe(before);
    expect((await check()).code).toBe(0);
  });

  it('finds a level that changed', async () => {
    edit('spec/clauses/parsing.md', (text) =>
      text
        .replace(/(## WSB-PARSE-02\s+)MUST/, '$1SHOULD')
        .replace('however many, MUST NOT', 'however many, SHOULD NOT'),
    );
    expect((await check()).err).toContain('WSB-PARSE-02 has changed');
  });

  it('does not mind a change of wrapping or of a note', async () => {
    edit('spec/clauses/parsing.md', (text) =>
      text.replace('Leading zeros, however', 'Leading zeros,\nhowever'),
    );
    expect((await check()).code).toBe(0);
  });

  it('accepts some clauses without the others, and all at once', async () => {
    edit('spec/clauses/parsing.md', (text) =>
      text
        .replace('Leading zeros, however many,', 'Leading zeros')
        .replace(
          'A compile spec value that contains a NUL byte',
          'A compile spec value that contains a zero byte',
        ),
    );
    const some = await check('--accept', 'WSB-PARSE-02', 'WSB-PARSE-03');
    expect(some.err).toMatch(/^\S+ WSB-PARSE-08 has changed .*\n$/);
    expect(await check('--accept-all')).toMatchObject({ code: 0, err: '' });
  });

  it('writes the same file from nothing', async () => {
    const before = reviewed();
    rmSync(join(root, 'spec/reviewed.json'));
    expect((await check()).err).toContain('WSB-PARSE-01 is new');
    expect((await check('--accept-all')).code).toBe(0);
    expect(reviewed()).toBe(before);
  });

  it('finds a clause without cases, and cases without a clause', async () => {
    edit('spec/clauses/memory.md', (text) => text.replace('## WSB-MEM-08', '## WSB-MEM-09'));
    const { code, err } = await check();
    expect(code).toBe(1);
    expect(err).toContain('WSB-MEM-09 stands where number 08 belongs');
    expect(err).toContain('WSB-MEM-09 is new');
    expect(err).toContain('spec/reviewed.json: WSB-MEM-08 is no longer a clause');

    edit('spec/clauses/memory.md', (text) => text.replace('## WSB-MEM-07', '## WSB-MEM-10'));
    const more = await check();
    expect(more.err).toMatch(/: WSB-MEM-10 has no control case; add one to conformance\/cases\/memory\.ts\n/);
    expect(more.err).toContain('names WSB-MEM-07, which is not a clause');
  });

  it('finds a link that leads nowhere', async () => {
    edit('spec/decisions.md', (text) => `${text}\nSee [there](nowhere.md) and [there](README.md#nowhere).\n`);
    const { err } = await check();
    expect(err).toContain(': the link nowhere.md leads to no file\n');
    expect(err).toContain(': the link README.md#nowhere leads to no heading\n');
  });

  it('changes nothing when a clause is to be accepted that there is not', async () => {
    const before = reviewed();
    await expect(check('--accept', 'WSB-PARSE-02', 'nonsense')).rejects.toThrow(UsageError);
    expect(reviewed()).toBe(before);
  });
});
