import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  readCatalogue,
  wrongImplementation,
  type WrongImplementation,
} from '../../conformance/catalogue/catalogue.js';
import { main } from '../../conformance/cli/main.js';
import { splitCommand } from '../../conformance/subjects/executable.js';
import { suiteRoot } from '../../conformance/suite-root.js';
import { applyPatch } from '../../conformance/catalogue/apply-patch.js';
import { makeKit } from './make-kit.js';

/*
 * What a vendor does: build a starting point, change the rules in it, and run the suite on it. The
 * runner has to find each error that is planted, by the clause that it breaks and by no other, and
 * to show it again.
 */

const root = suiteRoot();
const scratch = mkdtempSync(join(tmpdir(), 'kit-errors-'));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

const RULES = 'native/kit/budget_rules.h';
const SCRIPT = 'native/kit/subject.py';

/** The errors of the catalogue that can be planted in a file of the kit. */
const errorsIn = (file: string): readonly WrongImplementation[] =>
  readCatalogue(root).filter(({ kit = [] }) => kit.some((part) => part.file === basename(file)));

/** Clauses that say SHOULD, which a delegate breaks that leaves automatic budgets to TensorRT. */
const ADVICE = ['WSB-AUTO-02', 'WSB-AUTO-03', 'WSB-AUTO-04', 'WSB-AUTO-07', 'WSB-AUTO-09', 'WSB-MEM-08'];

/** The last line of a run that demonstrated all of a profile. */
const CONFORMS = /^The subject conforms to profile (\w+) \((\d+) of \2 MUST clauses demonstrated\)/m;

async function cli(argv: readonly string[]): Promise<{ readonly code: number; readonly out: string }> {
  let out = '';
  const write = (text: string): boolean => {
    out += text;
    return true;
  };
  const code = await main(argv, { out: write, err: { write } });
  return { code, out };
}

/**
 * Runs the suite; gives the exit code and the clauses of the findings, each of which is shown again
 * by its own command.
 */
async function judge(
  subject: string,
  ...more: readonly string[]
): Promise<{ code: number; clauses: string[]; profile?: string }> {
  const report = mkdtempSync(join(scratch, 'report-'));
  const counts = ['--cases', '1200', '--decisions', '20000'];
  const { code, out } = await cli(['run', '--subject', subject, ...more, ...counts, '--report', report]);
  const lines = readFileSync(join(report, 'report.jsonl'), 'utf8').trimEnd().split('\n');
  const records = lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  expect(records.at(-1), out).toMatchObject({ record: 'footer', exitCode: code });
  const findings = records.filter(({ record }) => record === 'finding');
  for (const { replay, clause } of findings) {
    const [, , ...argv] = splitCommand(String(replay));
    const again = await cli(argv);
    // Who breaks a clause that says SHOULD conforms, in one case as in a run.
    expect(again.code, again.out).toBe(ADVICE.includes(String(clause)) ? 0 : 1);
    expect(again.out).toMatch(/^expected\n(?: .*\n)+observed\n(?: .*\n)+fail$/m);
  }
  const clauses = findings.map(({ clause }) => String(clause));
  const [, profile] = CONFORMS.exec(out) ?? [];
  return { code, clauses, ...(profile === undefined ? {} : { profile }) };
}

/** A folder with the file of the kit in it that has the error. */
function planted(file: string, { name, kit = [] }: WrongImplementation): string {
  const folder = mkdtempSync(join(scratch, 'planted-'));
  const text = applyPatch(name, basename(file), kit, readFileSync(join(root, file), 'utf8'));
  writeFileSync(join(folder, basename(file)), text);
  return folder;
}

/** The executable or the library, made with the rules in `folder` before those of the kit. */
function madeWith(output: string, folder: string, ...more: readonly string[]): Promise<string> {
  const source = output === 'subject' ? 'subject.cpp' : 'backend.cpp';
  // The library includes the rules by their folder.
  cpSync(join(folder, 'budget_rules.h'), join(folder, 'kit/budget_rules.h'));
  writeFileSync(join(folder, source), readFileSync(join(root, 'native/kit', source)));
  return makeKit(scratch, output, (command, args) => ({
    command: [command.replaceAll(`native/kit/${source}`, join(folder, source)), ...more].join(' '),
    // It is made to be wrong, not to be fast.
    args: args.replaceAll(`native/kit/${source}`, join(folder, source)).replace('-O2', '-O0'),
  }));
}

const CONFORMING = { code: 0, clauses: [], profile: 'budget' };

describe('the executable in C++', () => {
  it('conforms', async () => {
    expect(await judge(`exec:${await makeKit(scratch, 'subject')}`)).toEqual(CONFORMING);
  });

  it.each(errorsIn(RULES))('with the error $name is found to break $clause', async (error) => {
    const subject = await madeWith('subject', planted(RULES, error));
    expect(await judge(`exec:${subject}`)).toEqual({ code: 1, clauses: [error.clause] });
  });
});

describe('the executable in Python', () => {
  it('conforms', async () => {
    expect(await judge(`exec:python3 ${join(root, SCRIPT)}`)).toEqual(CONFORMING);
  });

  it.each(errorsIn(SCRIPT))('with the error $name is found to break $clause', async (error) => {
    const script = join(planted(SCRIPT, error), basename(SCRIPT));
    expect(await judge(`exec:python3 ${script}`)).toEqual({ code: 1, clauses: [error.clause] });
  });
});

describe('the shared library', () => {
  it('conforms, and is told what it could do better', async () => {
    const library = await makeKit(scratch, 'backend.so', (command, args) => ({
      command,
      args: args.replace('-O2', '-O0'),
    }));
    expect(await judge(`so:${library}`)).toEqual({
      code: 0,
      clauses: ADVICE,
      profile: 'delegate',
    });
  });

  it('is found to break WSB-APPLY-01, under an id of its own', async () => {
    const folder = planted(RULES, wrongImplementation(root, 'no-clamp'));
    const library = await madeWith('backend.so', folder, `-DKIT_BACKEND_ID='"Acme"'`);
    expect(await judge(`so:${library}`, '--backend-id', 'Acme')).toEqual({
      code: 1,
      clauses: ['WSB-APPLY-01', ...ADVICE],
    });
  });
});
