import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE } from '../../cases/hostile.js';
import { hostileFaults, runHostile } from '../../run/run-hostile.js';
import { loadSchemas } from '../../spec/schemas.js';
import { outOfProcessSubject } from '../../subjects/out-of-process-subject.js';
import { suiteRoot } from '../../suite-root.js';

/*
 * Hostile files are marked for a faulty subject: it is in order until it is given one. What it does
 * there is that file's.
 */

const root = suiteRoot();
const schemas = loadSchemas(root);
const main = join(root, 'dist/conformance/testing/faulty-subjects/main.js');
const limits = { hello: 5_000, case: 900, exit: 900, incidents: 50 };

beforeAll(async () => {
  await execa(process.execPath, ['scripts/build.mjs', '--ts-only'], { cwd: root });
});

describe.each(['json-lines', 'binary'] as const)('a subject that speaks %s, at hostile files', (framing) => {
  it.concurrent.each([
    ['none', 'answered'],
    ['talkative', 'answered'],
    ['crash-on-a-case', 'crashed'],
    ['exit-on-a-case', 'crashed'],
    ['half-a-message', 'protocol-error'],
    ['hang', 'timed-out'],
    ['missing', 'timed-out'],
    ['late-crash', 'crashed'],
    ['garbage', 'protocol-error'],
    ['wrong-number', 'protocol-error'],
    ['unknown-number', 'protocol-error'],
    ['duplicate', 'protocol-error'],
    ['no-begin', 'protocol-error'],
    ['no-outcome', 'protocol-error'],
    ['huge-answer', 'protocol-error'],
    ['lying-capability', 'protocol-error'],
    ['closes-its-output', 'protocol-error'],
    ['late-output', 'protocol-error'],
  ])('%s: each ends as %s', async (fault, kind) => {
    const launch = { program: process.execPath, args: [main, fault, framing], reaper: null };
    const subject = await outOfProcessSubject(fault, launch, { schemas, recorded: [], limits });
    const { perCaseProcess } = subject;
    if (perCaseProcess === null) throw new Error('It runs programs.');
    // The reference names no outcome of these, by which the faulty subject knows them.
    const cases = HOSTILE.filter(({ id }) => id.includes('no methods') || id.includes('no key')).slice(0, 2);
    const ended = await runHostile(cases, perCaseProcess);
    await subject.close();
    expect(ended.control).toBeNull();
    const kinds = ended.results.map(({ end }) => (end instanceof Uint8Array ? 'answered' : end.kind));
    expect(kinds).toEqual([kind, kind]);
    expect(hostileFaults(ended)).toBe(kind === 'protocol-error' ? 2 : 0);
  });
});
