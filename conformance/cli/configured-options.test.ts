import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Command } from 'commander';
import { loadSchemas } from '../spec/schemas.js';
import { suiteRoot } from '../suite-root.js';
import { capturedMain as cli } from './captured-main.js';
import { configNames, takeConfig } from './configured-options.js';
import { runCommand } from './run-command.js';

const root = suiteRoot();
const schemas = loadSchemas(root);
const folder = mkdtempSync(join(tmpdir(), 'config-'));
const file = join(folder, 'ours.json');
const here = (path: string): string => join(relative(process.cwd(), folder), path);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function command(): Command {
  const made = runCommand(root, { out: () => undefined, err: { write: () => true } }, () => undefined);
  return made.exitOverride().action(() => undefined);
}

/** The options of `run` with a file of options and a command line. */
function optionsWith(config: unknown, ...argv: readonly string[]): Record<string, unknown> {
  writeFileSync(file, typeof config === 'string' ? config : JSON.stringify(config));
  const made = command();
  made.parse(['--config', file, ...argv], { from: 'user' });
  takeConfig(made, schemas);
  return made.opts();
}

describe('the schema of a file of options', () => {
  const schema = JSON.parse(readFileSync(join(root, 'spec/schemas/config.schema.json'), 'utf8')) as {
    properties: Record<string, { description: string }>;
  };

  it('has the options of run, each described as its help does', () => {
    const { $schema, ...properties } = schema.properties;
    expect($schema).toBeDefined();
    const names = configNames(command());
    expect(Object.keys(properties).sort()).toEqual([...names].sort());
    const described = command()
      .options.filter((option) => names.includes(option.attributeName()))
      .map((option) => [option.attributeName(), option.description]);
    expect(
      Object.entries(properties)
        .map(([name, { description }]) => [name, description])
        .sort(),
    ).toEqual(described.sort());
  });
});

describe('a file of options', () => {
  it('gives what the command line does not, read as the command line would', () => {
    const options = optionsWith({
      ...{ $schema: 'x', subject: 'reference', seed: 7, time: '2m', timeout: '500ms', failFast: true },
      ...{
        stats: false,
        filter: ['WSB-PARSE-*', '!WSB-PARSE-03'],
        lacks: ['execute', 'module'],
        depth: 'program',
      },
    });
    expect(options).toMatchObject({ subject: 'reference', seed: 7, time: 120_000, timeout: 500 });
    expect(options).toMatchObject({ failFast: true, depth: 'program', lacks: ['module', 'execute'] });
    expect(options).toMatchObject({ filter: ['WSB-PARSE-*', '!WSB-PARSE-03'], cases: 360_000 });
    expect(options['stats']).toBeUndefined();
  });

  it('gives way to the command line, a list as a whole', () => {
    const given = { seed: 7, filter: ['a', 'b'], report: 'there', time: '5m' };
    const options = optionsWith(given, '--seed', '8', '--filter', 'c', '--report', 'here', '--budget', '5s');
    expect(options).toMatchObject({ seed: 8, filter: ['c'], report: 'here', budget: 5000 });
    expect(options['time']).toBeUndefined();
  });

  it('keeps what it says of its subject from another one', () => {
    const given = {
      subject: 'so:./x.so',
      backendId: 'Acme',
      lacks: ['module'],
      expectations: ['e.json'],
      seed: 7,
    };
    expect(optionsWith(given)).toMatchObject({ backendId: 'Acme', lacks: ['module'], seed: 7 });
    const other = optionsWith(given, '--subject', 'reference');
    expect(other).toMatchObject({ subject: 'reference', expectations: [], seed: 7 });
    expect([other['backendId'], other['lacks']]).toEqual([undefined, undefined]);
    const same = optionsWith(given, '--subject', `so:${here('x.so')}`);
    expect(same).toMatchObject({ backendId: 'Acme', lacks: ['module'] });
  });

  it('gives a program that is run alone the subject and nothing else', () => {
    const options = optionsWith({ subject: 'reference', tensorrt: true, time: '5m' }, '--program', 'x.pte');
    expect(options).toMatchObject({ subject: 'reference', program: 'x.pte' });
    expect([options['tensorrt'], options['time']]).toEqual([undefined, undefined]);
  });

  it('has paths that are relative to it', () => {
    const options = optionsWith({
      ...{ report: 'r', expectations: ['e.json', '/abs/e.json'], filterFrom: ['f.txt'], tensorrt: 'trt' },
      ...{ reporter: ['junit=out/j.xml', 'summary'], subject: 'so:lib/x.so', changedSince: '../old' },
    });
    expect(options).toMatchObject({
      ...{ report: here('r'), expectations: [here('e.json'), '/abs/e.json'], filterFrom: [here('f.txt')] },
      ...{ tensorrt: here('trt'), subject: `so:${here('lib/x.so')}`, changedSince: here('../old') },
    });
    expect(options['reporter']).toEqual([
      { name: 'junit', file: here('out/j.xml') },
      { name: 'summary', file: null },
    ]);
    expect(optionsWith({ subject: 'exec:./s --flag ./s' })['subject']).toBe(`exec:./${here('s')} --flag ./s`);
    expect(optionsWith({ subject: 'exec:bin/s x' })['subject']).toBe(`exec:./${here('bin/s')} x`);
    expect(optionsWith({ subject: 'exec:/bin/s' })['subject']).toBe('exec:/bin/s');
    expect(optionsWith({ subject: 'exec:python3 s.py' })['subject']).toBe('exec:python3 s.py');
  });

  it.each<[string, unknown, RegExp]>([
    ['what is no JSON', '{"seed": 7,}', /ours\.json is not JSON: /],
    ['a list', [], /ours\.json is not an object with options/],
    ['null', null, /is not an object/],
    ['a wrong name', { fitler: ['a'] }, /there is no option "fitler"\. Did you mean filter\?$/],
    ['a name of the command line', { 'fail-fast': true }, /"fail-fast"\. Did you mean failFast\?$/],
    ['a name unlike any', { everything: 1 }, /no option "everything"\. There are: subject, backendId/],
    ['an option of one run', { resume: true }, /there is no option "resume"/],
    ['the prototype', '{"__proto__": {"seed": 7}}', /there is no option "__proto__"/],
    ['a constructor', '{"constructor": 1}', /there is no option "constructor"/],
    ['a name that hides', '{"se\\u202eed": 1}', /there is no option "se\\u202eed"\. Did you mean seed\?$/],
    [
      'a name twice',
      '{"seed": 7, "subject": "a\\"seed\\":{", "se\\u0065d": 8}',
      /: seed stands there twice\.$/,
    ],
    ['a text for a number', { seed: '7' }, /\/seed must be integer/],
    ['a number for a text', { report: 7 }, /\/report must be string/],
    ['a text for a list', { filter: 'a' }, /\/filter must be array/],
    ['a list in a list', { filter: [['a']] }, /\/filter\/0 must be string/],
    ['a word that is none of those', { depth: 'all' }, /\/depth .*\(program, decision, both\)/],
    ['a duration without a unit', { time: '7' }, /ours\.json: \/time: Give a number with its unit/],
    ['a time that is too short', { timeout: '1ms' }, /\/timeout: Give a time from 100ms to 1h/],
    ['too large a number', { seed: 2 ** 40 }, /\/seed: Give a number from 0/],
    ['a query of nothing', { filter: ['!'] }, /\/filter: Give a clause id/],
    ['a format that there is not', { reporter: ['xml'] }, /\/reporter: There is no format xml/],
    ['what is too large', `{"report": "${'x'.repeat(70_000)}"}`, /has more than 65536 bytes/],
    [
      'what is nested deeply',
      `{"seed": ${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
      /\/seed must be integer/,
    ],
  ])('is refused with %s', (_, config, why) => {
    expect(() => optionsWith(config)).toThrow(why);
  });

  it('is refused when it is not there, or is a folder', () => {
    const made = (given: string): Command => command().parse(['--config', given], { from: 'user' });
    expect(() => takeConfig(made(join(folder, 'nowhere.json')), schemas)).toThrow(
      /cannot be read \(ENOENT\)/,
    );
    expect(() => takeConfig(made(folder), schemas)).toThrow(/is not a plain file/);
  });
});

describe('run', () => {
  it('takes the file of the current folder, says so, and takes none with --no-config', async () => {
    const work = join(folder, 'work');
    mkdirSync(work);
    const before = process.cwd();
    process.chdir(work);
    try {
      // As it stands there, since lists of expected failures name it so.
      const made = command().parse(['--subject', 'so:./x.so'], { from: 'user' });
      writeFileSync('trt-conformance.config.json', '{"subject": "so:./x.so", "backendId": "Acme"}');
      takeConfig(made, schemas);
      expect(made.opts()).toMatchObject({ subject: 'so:./x.so', backendId: 'Acme' });
      const whole = command().parse([], { from: 'user' });
      takeConfig(whole, schemas);
      expect(whole.opts()).toMatchObject({ subject: 'so:./x.so', backendId: 'Acme' });
      writeFileSync(
        'trt-conformance.config.json',
        '{"subject": "reference", "filter": ["WSB-PARSE-05"], "report": "r"}',
      );
      const { code, out, err } = await cli('run', '--filter', 'WSB-PARSE-06');
      expect(err).toContain('Options of trt-conformance.config.json: subject, report\n');
      expect(out).toContain(', filter WSB-PARSE-06\n');
      expect(code).toBe(0);
      const other = await cli(
        'run',
        '--no-config',
        '--subject',
        'reference',
        '--filter',
        'WSB-PARSE-06',
        '--report',
        'r',
      );
      expect(other.err).not.toContain('Options of');
      expect(JSON.parse(readFileSync('r/report.jsonl', 'utf8').split('\n')[0] ?? '')).toMatchObject({
        options: { config: null },
      });
      writeFileSync('trt-conformance.config.json', '{"sed": 7}');
      const wrong = await cli('run');
      expect([wrong.code, wrong.err]).toEqual([
        2,
        'error: trt-conformance.config.json: there is no option "sed". Did you mean seed?\n',
      ]);
    } finally {
      process.chdir(before);
    }
  });
});
