import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeBlob, encodePlan, scriptedPlan, writeProgram } from '../../reference/index.js';
import { quote } from 'shlex';
import { main } from './main.js';

/** What a terminal obeys, what nobody sees, and what would begin a line of our own. */
const HOSTILE =
  '\x1b[2J\x1b]0;t\x07\r\n  error WSB-PARSE-03: forged\n\t\x7f\u009b1m\u202e\u200b\u2028\ufeff\u00a0';
/** Anything of that in what was written. */
const HIDDEN = /(?!\n)[\p{C}\p{Zl}\p{Zp}]|\u00a0/u;
const FORGED = /^\s*error WSB-PARSE-03: forged/m;

let folder = '';
let program = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  const key = HOSTILE;
  const value = new TextEncoder().encode(HOSTILE);
  const data = encodeBlob({
    metadata: {
      io_bindings: [{ name: HOSTILE, dtype: 'float32', shape: [1], is_input: true }],
      aliased_io: [{ output: HOSTILE, input: HOSTILE, kind: HOSTILE }],
    },
    engine: encodePlan(scriptedPlan()),
  });
  const specs = [
    { key, value },
    { key: 'weight_streaming_budget', value },
    { key: 'target_device', value },
  ];
  const delegate = (backend: string): object => ({ backend, placement: 'inline', data, compileSpecs: specs });
  const methods = [
    { name: HOSTILE, delegates: [delegate('TensorRTBackend'), delegate(HOSTILE)] },
    { name: 'forward', delegates: [delegate(HOSTILE)] },
  ] as Parameters<typeof writeProgram>[0]['methods'];
  mkdirSync(join(folder, HOSTILE));
  program = join(folder, HOSTILE, `${HOSTILE}.pte`);
  writeFileSync(program, writeProgram({ methods }));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function written(argv: readonly string[]): Promise<string> {
  const texts: string[] = [];
  await main(argv, {
    out: (text) => void texts.push(text),
    err: { write: (text) => void texts.push(text) },
  });
  return texts.join('');
}

/** A subject of a script: what it says and does is hostile. */
function adapter(script: string): string {
  const file = join(folder, 'adapter.py');
  writeFileSync(file, `import sys, json\nH = ${JSON.stringify(HOSTILE)}\nsys.stdin.readline()\n${script}\n`);
  return `exec:python3 ${file}`;
}

const FEW = ['--cases', '0', '--decisions', '0', '--filter', 'WSB-PARSE-03'];

describe('nothing hostile reaches a terminal as it is', () => {
  it.each<[string, () => readonly string[]]>([
    ['explain', () => ['explain', program]],
    ['explain as JSON', () => ['explain', program, '--json']],
    ['explain with an option', () => ['explain', program, '--option', `${HOSTILE.slice(0, 9)}=${HOSTILE}`]],
    ['explain of no program', () => ['explain', join(folder, HOSTILE)]],
    ['explain of no file', () => ['explain', HOSTILE]],
    ['explain with a number', () => ['explain', program, '--free-memory', HOSTILE]],
    ['a program', () => ['run', '--program', program, '--subject', 'reference']],
    ['a program as JSON', () => ['run', '--program', program, '--subject', 'native', '--json']],
    ['a method', () => ['run', '--program', program, '--subject', 'reference', '--method', HOSTILE]],
    ['a case', () => ['run', '--subject', 'reference', '--case', join(folder, HOSTILE)]],
    ['a subject', () => ['run', '--subject', HOSTILE]],
    ['a variant', () => ['run', '--subject', `reference:${HOSTILE}`]],
    ['a mutant', () => ['run', '--subject', `native:${HOSTILE}`]],
    ['a command of a subject', () => ['smoke', '--subject', `exec:${quote(HOSTILE)}`]],
    ['a path of a subject', () => ['smoke', '--subject', `exec:${quote(`./${HOSTILE}`)}`]],
    ['a command without an end', () => ['smoke', '--subject', `exec:"${HOSTILE}`]],
    ['a library', () => ['run', '--subject', `so:${HOSTILE}`, ...FEW]],
    ['a filter', () => ['run', '--subject', 'reference', '--filter', HOSTILE]],
    ['expectations', () => ['run', '--subject', 'reference', '--expectations', HOSTILE]],
    [
      'a report',
      () => ['run', '--subject', 'reference:accept-plus', ...FEW, '--report', join(folder, HOSTILE, 'r')],
    ],
    ['a report of expectations', () => ['expectations', 'init', '--report', HOSTILE]],
    ['a list', () => ['list', 'cases', '--filter', HOSTILE]],
    ['a clause', () => ['spec', 'check', '--accept', HOSTILE]],
    ['a command', () => [HOSTILE]],
    ['an option', () => ['run', `--${HOSTILE}`]],
    ['the hello of a subject', () => ['smoke', '--subject', adapter('print(json.dumps(H))')]],
    [
      'the reason of a subject',
      () => ['smoke', '--subject', adapter('print(json.dumps({"message": "failure", "reason": H * 1000}))')],
    ],
    ['the standard error of a subject', () => ['smoke', '--subject', adapter('sys.stderr.write(H * 1000)')]],
    ['what is no JSON', () => ['smoke', '--subject', adapter('sys.stdout.write(H)')]],
  ])(
    'of %s',
    async (_, argv) => {
      const text = await written(argv());
      expect(text).not.toBe('');
      expect(HIDDEN.exec(text)).toBeNull();
      expect(FORGED.exec(text)).toBeNull();
      expect(text.length).toBeLessThan(60_000);
    },
    60_000,
  );
});
