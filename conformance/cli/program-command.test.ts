import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { craftFlatbuffer } from '../../reference/program/craft-flatbuffer.js';
import { PROGRAM_LAYOUT } from '../../reference/program/flatbuffer-layout.js';
import { encodeBlob, encodePlan, scriptedPlan, writeProgram } from '../../reference/index.js';
import { loadSchemas } from '../spec/schemas.js';
import { suiteRoot } from '../suite-root.js';
import { bytesToHex } from '../wire/json/json-bytes.js';
import { capturedMain as cli } from './captured-main.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'program-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The file of a program with an engine in each of these methods. */
function programFile(...methods: string[]): string {
  const data = encodeBlob({ engine: encodePlan(scriptedPlan()) });
  const delegates = [{ backend: 'TensorRTBackend', placement: 'inline' as const, data, compileSpecs: [] }];
  const file = join(folder, 'a.pte');
  writeFileSync(file, writeProgram({ methods: methods.map((name) => ({ name, delegates })) }));
  return file;
}

/** A program of which the runtime takes for granted what is not there. */
function undefinedProgram(): Uint8Array {
  const delegate = { fields: ['TensorRTBackend', null, []] };
  const plan = { fields: ['forward', null, [], [], [], [], null, [delegate], [0n]] };
  return craftFlatbuffer(
    PROGRAM_LAYOUT,
    { fields: [0, [plan], null, [], [], { fields: [0, [0n]] }] },
    'ET12',
  );
}

const WITH = ['--option', 'weight_streaming_budget=+5'];

describe('run --program', () => {
  it('says that subject and reference agree, with what both did', async () => {
    const { code, out } = await cli(
      'run',
      '--program',
      programFile('forward', 'other'),
      '--subject',
      'native',
    );
    expect(out).toMatch(/a\.pte: [\d,]+ bytes, subject native\n {2}step 0: load "forward"\n/);
    expect(out).toMatch(/\nreference\n {2}step 0: ok\n[^]*\nsubject\n {2}step 0: ok\n[^]*\nThey agree\.\n$/);
    expect(code).toBe(0);
  });

  it('takes options, methods, a policy and free memory', async () => {
    const file = programFile('forward', 'other');
    const more = ['--method', 'other', '--policy', 'upstream', '--free-memory', '20000000'];
    const { code, out } = await cli('run', '--program', file, '--subject', 'native', ...more, ...WITH);
    expect(out).toContain('load "other"');
    expect(out).not.toContain('forward');
    expect(out).toContain('step 0: load InvalidProgram');
    expect(code).toBe(0);
  });

  it.each(['program', 'steps'])('says that a subject that lacks %s cannot run it', async (lacking) => {
    const file = programFile('forward', 'other');
    const { code, out } = await cli(
      ...['run', '--program', file, '--subject', 'native-process', '--lacks', lacking],
    );
    expect(out).toContain(`the subject does not have the capability ${lacking}`);
    expect(out).toMatch(/Nothing can be said: the subject cannot run it\.\n$/);
    expect(code).toBe(5);
  });

  it('gives a subject the variables that are named', async () => {
    const script = 'test -n "$WSB_PROGRAM" || exit 7; exec "$0" --delegate "$1"';
    const files = ['wsb-host', 'libtensorrt_delegate.so'].map((name) =>
      join(suiteRoot(), 'native/build', name),
    );
    const subject = `exec:sh -c '${script}' ${files.join(' ')}`;
    const argv = ['run', '--program', programFile('forward'), '--subject', subject];
    process.env['WSB_PROGRAM'] = 'set';
    try {
      expect((await cli(...argv)).err).toMatch(/exited with 7/);
      expect((await cli(...argv, '--env', 'WSB_PROGRAM')).code).toBe(0);
    } finally {
      delete process.env['WSB_PROGRAM'];
    }
  });

  it('says how they differ, and which clause is broken', async () => {
    const { code, out } = await cli(
      ...['run', '--program', programFile('forward'), '--subject', 'reference:accept-plus', ...WITH],
    );
    expect(out).toContain('steps[0]: ok, not load InvalidProgram');
    expect(out).toMatch(/They differ: the subject breaks WSB-PARSE-03\.\n$/);
    expect(code).toBe(1);
  });

  it('gives the same as JSON', async () => {
    const { code, out } = await cli(
      ...[
        'run',
        '--program',
        programFile('forward'),
        '--subject',
        'reference:accept-plus',
        ...WITH,
        '--json',
      ],
    );
    expect(JSON.parse(out)).toMatchObject({
      subject: 'reference:accept-plus',
      verdict: 'differ',
      clause: 'WSB-PARSE-03',
      expected: { outcome: { steps: [{ error: 'InvalidProgram' }, {}] } },
      observed: { outcome: { steps: [{ kind: 'ok' }, {}] } },
    });
    expect(code).toBe(1);
  });

  it.each(['native', 'reference'])('says that no outcome is defined, and what %s did', async (subject) => {
    const file = join(folder, 'undefined.pte');
    writeFileSync(file, undefinedProgram());
    const { code, out, err } = await cli('run', '--program', file, '--subject', subject);
    expect(err).toBe('');
    expect(out).toMatch(/reference\n {2}names no outcome: .*takes for granted\nsubject\n {2}\S+/);
    expect(out).toContain('no outcome is demanded.');
    expect(code).toBe(5);
  });

  it('says the same of a case, which runs in a process of its own', async () => {
    const file = join(folder, 'case.json');
    const one = {
      id: 'WSB-PROG-02/violation/undefined',
      title: 'no place of data',
      clauses: ['WSB-PROG-02'],
      kind: 'violation',
      isolated: true,
      request: {
        program: { hex: bytesToHex(undefinedProgram()) },
        verification: 'internal-consistency',
        device: { totalBytes: '1099511627776', freeBytes: '1099511627776', faults: [] },
        module: null,
        steps: [{ op: 'load', method: 'forward', options: null }],
      },
    };
    expect(loadSchemas(suiteRoot()).faults('case', one)).toEqual([]);
    writeFileSync(file, JSON.stringify(one));
    const { code, out } = await cli('run', '--case', file, '--subject', 'native');
    expect(out).toContain('no outcome is demanded.');
    expect(code).toBe(5);
  });

  it.each<[string, string[], RegExp]>([
    ['a file that is not there', ['--program', '/nowhere.pte'], /cannot be read \(ENOENT\)/],
    ['a device', ['--program', '/dev/zero'], /not a plain file/],
    ['a device as a case', ['--case', '/dev/zero'], /not a plain file/],
    ['an option without a program', ['--option', 'k=v'], /--option cannot be used without --program/],
    ['a program and a case', ['--program', 'a.pte', '--case', 'b.json'], /either --program, or --case/],
  ])('refuses %s', async (_, argv, message) => {
    const { code, err } = await cli('run', ...argv);
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });
});
