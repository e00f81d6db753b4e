import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildProgram } from '../model/build-request.js';
import { HOSTILE } from '../cases/hostile.js';
import { lockFolder } from '../files/folder-lock.js';
import { suiteRoot } from '../suite-root.js';
import { craftProgram } from '../model/scenario/crafted-program.js';
import { capturedMain as cli } from './captured-main.js';
import { COMMANDS } from './commands.js';

const root = suiteRoot();
const folder = mkdtempSync(join(tmpdir(), 'cli-'));
const report = join(folder, 'report');

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const golden = (name: string): string => join(root, 'golden/exporter', name);

describe('run', () => {
  it('ends with 0 for a subject that conforms, with table and report', async () => {
    const { code, out } = await cli('run', '--subject', 'reference', '--cases', '300', '--report', report);
    expect(code).toBe(0);
    expect(out).toMatch(
      /The subject conforms to profile delegate \((\d+) of \1 MUST clauses demonstrated\)\./,
    );
    expect(out).toMatch(/^area +clauses +cases +pass +fail +self-check +time$/m);
    expect(readdirSync(report)).toEqual(['report.jsonl']);
  });

  it('has nothing to continue where there is no report, and makes nothing there', async () => {
    const empty = mkdtempSync(join(folder, 'empty-'));
    for (const place of [empty, join(folder, 'nowhere')]) {
      const { code, out, err } = await cli('run', '--subject', 'reference', '--resume', '--report', place);
      expect([code, out]).toEqual([2, '']);
      expect(err).toBe(
        `error: There is no report in ${place} to continue. Leave out --resume to start a new run.\n`,
      );
    }
    expect(readdirSync(empty)).toEqual([]);
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });

  it('ends with 1 for one that does not, and the printed command shows it again', async () => {
    const { code, out } = await cli(
      'run',
      '--subject',
      'reference:no-clamp',
      '--cases',
      '300',
      '--report',
      report,
    );
    expect(code).toBe(1);
    expect(out).toContain('WSB-APPLY-01 (MUST)');
    const [, command = ''] = /^ +replay +npx trt-conformance (.*)$/m.exec(out) ?? [];
    const again = await cli(...command.split(' '));
    expect(again.code).toBe(1);
    expect(again.out).toMatch(/^fail$/m);
    const right = await cli(...command.replace(':no-clamp', '').split(' '));
    expect(right.code).toBe(0);
    expect(right.out).toMatch(/^pass$/m);
  });

  it('runs what the filter chooses', async () => {
    const { out } = await cli(
      'run',
      '--subject',
      'reference',
      '--filter',
      'WSB-PARSE-05',
      '--report',
      report,
    );
    expect(out).toMatch(/^parsing +1 +5 /m);
    expect(out).not.toMatch(/^generated/m);
  });

  it.each([
    [['run', '--subjec', 'x'], /Did you mean --subject\?/],
    [['run', '--cases', '-1'], /Give a number from 0 to/],
    [['run', '--cases', '1e3'], /Give a number from 0 to/],
    [['run', '--seed', 'x'], /Give a number from 0 to/],
    [['run', '--subject', 'nobody'], /There is no subject nobody/],
    [['run', '--subject', 'reference:x'], /There is no variant x/],
    [['run', '--subject', 'reference', '--filter', 'WSB-NOPE'], /No case matches WSB-NOPE/],
    [
      ['run', '--subject', 'reference', '--case', '/nowhere.json'],
      /\/nowhere\.json cannot be read as a case/,
    ],
    [['rum'], /unknown command 'rum'/],
    [['run', 'x'], /too many arguments/],
  ])('%j is a usage error', async (argv, message) => {
    const { code, err } = await cli(...argv);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  it('judges what is asked for before it waits for a folder', async () => {
    const busy = mkdtempSync(join(folder, 'busy-'));
    const unlock = lockFolder(busy, 'A run');
    const run = (...argv: string[]): ReturnType<typeof cli> =>
      cli('run', '--subject', 'reference', '--report', busy, ...argv);
    expect((await run('--filter', 'WSB-NOPE')).code).toBe(2);
    expect((await run('--require', 'WSB-NOPE')).code).toBe(2);
    expect((await run('--filter', 'WSB-PARSE-03')).code).toBe(4);
    unlock();
  });

  it('refuses a file that is no case', async () => {
    const file = join(folder, 'no-case.json');
    for (const text of ['{', '{"id": 1}']) {
      writeFileSync(file, text);
      const { code, err } = await cli('run', '--subject', 'reference', '--case', file);
      expect(code).toBe(2);
      expect(err).toMatch(/no-case\.json (?:is not JSON|breaks the schema case)/);
    }
  });

  it('says so when the report cannot be written', async () => {
    const { code, err } = await cli('run', '--subject', 'reference', '--report', '/dev/null/report');
    expect(code).toBe(4);
    expect(err).toMatch(/\/dev\/null\/report[^]*Give another place; for a report, use --report/);
  });

  it('says that no outcome is defined of a case that could crash the process', async () => {
    const file = join(folder, 'hazard.json');
    // The runtime takes the list of methods for granted.
    const program = craftProgram({ methods: null });
    const request = {
      program: { hex: Buffer.from(program).toString('hex') },
      verification: 'minimal',
      device: { totalBytes: '0', freeBytes: '0', faults: [] },
      module: null,
      steps: [{ op: 'load', method: 'forward', options: null }],
    };
    writeFileSync(
      file,
      JSON.stringify({ id: 'x', title: 'x', clauses: ['WSB-PROG-02'], kind: 'violation', request }),
    );
    const { code, out } = await cli('run', '--subject', 'reference', '--case', file);
    expect(code).toBe(5);
    expect(out).toContain('no outcome is demanded');
  });
});

describe('explain', () => {
  it('tells where the budget comes from and what is applied', async () => {
    const { code, out } = await cli('explain', golden('one_engine_budget_8192.pte'));
    expect(code).toBe(0);
    expect(out.slice(out.indexOf('\n'))).toMatchInlineSnapshot(`
      "

      method "forward", 1 delegate
        delegate 0: TensorRTBackend, 33,052 bytes of data (segment)
          spec      __plan="l2d64h.plan"
          spec      __dim="64"
          spec      weight_streaming_budget="8192"
          engine    recorded plan of 32,748 bytes, 16,384 bytes streamable (TR01, device 0)
          budget    8,192 bytes, from the compile-spec
          applied   8,192 bytes
      "
    `);
  });

  it.each([
    ['7', [], '7 bytes, from the option', 0],
    ['99999999', [], '16,384 bytes', 0],
    ['+5', [], 'WSB-PARSE-03', 1],
    ['-1', ['--option-type', 'int'], 'WSB-OPT-03', 1],
    ['true', ['--option-type', 'bool'], 'WSB-OPT-04', 1],
  ])('takes the option %s', async (value, more, text, exit) => {
    const argv = [
      'explain',
      golden('one_engine_budget_8192.pte'),
      '--option',
      `weight_streaming_budget=${value}`,
    ];
    const { code, out } = await cli(...argv, ...more);
    expect(out).toContain(text);
    expect(code).toBe(exit);
  });

  it.each([
    [
      [],
      'automatic, chosen by the delegate (policy fitting)',
      /applied +as much as fits beside the execution context/,
    ],
    [['--policy', 'upstream'], 'automatic, chosen by TensorRT (policy upstream)', /applied +clamp\(/],
    [['--free-memory', '10489856'], 'policy fitting', /applied +[0-9,]+ bytes/],
  ])('says with %j whose automatic budget it is', async (more, budget, applied) => {
    const { code, out } = await cli('explain', golden('one_engine_automatic.pte'), ...more);
    expect(out).toContain(budget);
    expect(out).toMatch(applied);
    expect(code).toBe(0);
    const json = await cli('explain', golden('one_engine_automatic.pte'), ...more, '--json');
    expect(JSON.parse(json.out)).toMatchObject({ policy: more[0] === '--policy' ? 'upstream' : 'fitting' });
  });

  it('takes no free memory that is no number of bytes', async () => {
    const { code, err } = await cli('explain', golden('one_engine_automatic.pte'), '--free-memory', '1GB');
    expect(err).toContain('--free-memory takes a number of bytes, not "1GB".');
    expect(code).toBe(2);
  });

  it('gives JSON with every number whole', async () => {
    const { out } = await cli('explain', golden('two_engines_budget_8192.pte'), '--json');
    const json = JSON.parse(out) as { methods: { delegates: { budget: unknown }[] }[] };
    expect(json.methods[0]?.delegates.map(({ budget }) => budget)).toEqual(
      Array.from({ length: 2 }, () => ({
        kind: 'explicit',
        source: 'compile-spec',
        requested: '8192',
        effect: { kind: 'applied', budget: '8192' },
      })),
    );
  });

  it.each(
    readdirSync(join(root, 'golden/exporter'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.pte'),
    ),
  )('reads %s, and refuses it cut anywhere without a stack trace', async (name) => {
    const whole = readFileSync(golden(name));
    expect((await cli('explain', golden(name))).out).toContain('method "forward"');
    const file = join(folder, 'cut.pte');
    for (const length of [0, 1, 8, 63, 64, 100, whole.length >> 1, whole.length - 1]) {
      writeFileSync(file, whole.subarray(0, length));
      const { code, out } = await cli('explain', file);
      expect(code, String(length)).toBe(1);
      expect(out).toMatch(/not a program that ExecuTorch loads|error WSB-/);
      expect(out).not.toMatch(/^\s+at /m);
    }
  });

  it('refuses another identifier and a blob whose sizes wrap', async () => {
    const whole = new Uint8Array(readFileSync(golden('one_engine_budget_8192.pte')));
    const file = join(folder, 'damaged.pte');
    writeFileSync(file, whole.with(7, 0x39));
    expect((await cli('explain', file)).out).toMatch(/identifier is "ET19".*WSB-PROG-01/);
    const blob = Buffer.from(whole).indexOf('TR01');
    const wrapped = whole.slice();
    wrapped.fill(0xff, blob + 16, blob + 24);
    writeFileSync(file, wrapped);
    const { code, out } = await cli('explain', file);
    expect(code).toBe(1);
    expect(out).toMatch(/error WSB-BLOB-0[23]/);
  });

  it.each(HOSTILE)('refuses $id', async ({ request }) => {
    const file = join(folder, 'hostile.pte');
    writeFileSync(file, buildProgram(request.program));
    const { code, out, err } = await cli('explain', file);
    expect(code).toBe(1);
    expect(out).toMatch(/not a program that ExecuTorch loads|error WSB-PROG-02/);
    expect(out + err).not.toMatch(/^\s+at /m);
  });

  it.each([
    [['explain', '/nowhere.pte'], /The file "\/nowhere\.pte" cannot be read \(ENOENT\)/],
    [['explain'], /missing required argument 'files'/],
    [['explain', 'x.pte', '--option'], /argument missing/],
    [['explain', golden('one_engine_automatic.pte'), '--option', 'x'], /not of the form key=value/],
    [
      ['explain', golden('one_engine_automatic.pte'), '--option', 'k=x', '--option-type', 'int'],
      /not a 32-bit integer/,
    ],
    [
      ['explain', golden('one_engine_automatic.pte'), '--option', 'k=x', '--option-type', 'bool'],
      /not a Boolean/,
    ],
    [['explain', golden('one_engine_automatic.pte'), '--option-type', 'float'], /Allowed choices are/],
    [
      ['explain', golden('one_engine_automatic.pte'), '--option', `${'k'.repeat(64)}=1`],
      /more than 63 bytes/,
    ],
  ])('%j is a usage error', async (argv, message) => {
    const { code, err } = await cli(...argv);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});

describe('list', () => {
  it('lists clauses and cases, as text and as JSON', async () => {
    const clauses = await cli('list', 'clauses', '--filter', 'WSB-PARSE-0*', '--json');
    expect((JSON.parse(clauses.out) as { id: string }[]).map(({ id }) => id)).toHaveLength(9);
    expect((await cli('list', 'clauses')).out).toMatch(/^WSB-PARSE-03 +MUST +\d+ cases {2}No sign$/m);
    expect((await cli('list', 'cases', '--filter', 'WSB-PARSE-03/control')).out).toBe(
      'WSB-PARSE-03/control/spec="5"\n    no sign: applies 5, leaves nothing alive\n',
    );
    const cases = await cli('list', 'cases', '--filter', 'WSB-PARSE-03/control', '--json');
    expect(JSON.parse(cases.out)).toMatchObject([
      { id: 'WSB-PARSE-03/control/spec="5"', states: 'applies 5, leaves nothing alive' },
    ]);
  });

  it('refuses what there is not', async () => {
    expect((await cli('list', 'cases', '--filter', 'nothing')).code).toBe(2);
    expect((await cli('list', 'bugs')).err).toMatch(/Allowed choices are clauses, cases/);
  });
});

describe('golden', () => {
  it('check finds golden/ in order', async () => {
    expect(await cli('golden', 'check')).toEqual({ code: 0, out: 'golden/ has no faults.\n', err: '' });
  });
});

describe('help', () => {
  it.each([['--help'], ['--version'], ['help']])('%s ends with 0', async (word) => {
    const { code, out } = await cli(word);
    expect(code).toBe(0);
    expect(out.length).toBeGreaterThan(3);
  });

  it.each(COMMANDS.map(({ name, description }) => [name, description]))(
    'of %s says what it does, whichever way it is asked for',
    async (name, description) => {
      const { code, out } = await cli('help', name);
      expect(code).toBe(0);
      expect(out).toMatch(new RegExp(`^Usage: trt-conformance ${name}\\b`));
      expect(out.replace(/\n/g, ' ')).toContain(description);
      // build hands its options to the builder, --help too.
      if (name !== 'build') expect(await cli(name, '--help')).toEqual({ code, out, err: '' });
    },
  );
});
