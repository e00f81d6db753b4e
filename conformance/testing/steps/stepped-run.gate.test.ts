import { existsSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { reaperBelow } from '../../process/launch.js';
import { loadSchemas } from '../../spec/schemas.js';
import { suiteRoot } from '../../suite-root.js';
import { skippedWithout } from '../skipped-without.js';
import { type ErrorCode } from './step-plan.js';
import { SteppedPlace, telling, type ToldStep } from './stepped-run.js';

/*
 * A run with findings, on a delegate in processes of its own that errs, is ended by SIGKILL or
 * refused by the operating system at each step where it touches what is outside of it. What it
 * wrote stays and is continued, nothing else is left, and what went wrong is told in words.
 */

const root = suiteRoot();
const schemas = loadSchemas(root);
const mutant = join(root, 'native/build/mutants/no-clamp/libtensorrt_delegate.so');
const built = existsSync(join(root, 'native/build/wsb-host')) && reaperBelow(root) !== null;
const PARTS = [0, 1, 2, 3];
const DOES_NOT_CONFORM = 1;
const USAGE = 2;

const args = ({ report }: SteppedPlace): string[] => [
  ...['run', '--subject', `so:${mutant}`, '--filter', 'WSB-APPLY-01'],
  ...['--cases', '0', '--decisions', '0', '--jobs', '2', '--report', report],
];

describe.skipIf(skippedWithout(built))('a run', () => {
  const whole = new SteppedPlace();
  let steps: readonly ToldStep[] = [];

  beforeAll(async () => {
    const builds = ['scripts/build.mjs', '--mutant', 'no-clamp'];
    await execa(process.execPath, builds, { cwd: root });
    const ended = await whole.run(args(whole));
    expect(ended.exitCode).toBe(DOES_NOT_CONFORM);
    expect(whole.files()).toContain('report.jsonl');
    expect(whole.files()).toHaveLength(3);
    steps = telling(ended.steps);
    // Of every kind: files read, written and renamed, processes, messages, output.
    expect(new Set(ended.steps.map(({ like }) => like.split(' ')[0])).size).toBeGreaterThan(20);
  });

  const partOf = (part: number): readonly ToldStep[] => steps.filter((_, n) => n % PARTS.length === part);

  it.concurrent.each(PARTS)(
    'that is killed at a step is continued to the same end (part %i)',
    async (part) => {
      const wrong: string[] = [];
      const chosen = partOf(part);
      let reached = 0;
      for (const step of chosen) {
        const told = await afterKill(step, whole, () => reached++);
        for (const what of told) wrong.push(`${step.like} ${step.nth}: ${what}`);
      }
      expect(wrong).toEqual([]);
      expect(reached).toBeGreaterThan(chosen.length / 2);
    },
  );

  it.concurrent.each(PARTS)('that is refused a step says what to do (part %i)', async (part) => {
    const wrong: string[] = [];
    const chosen = partOf(part).flatMap((step) => codesFor(step).map((code) => ({ step, code })));
    let reached = 0;
    for (const { step, code } of chosen) {
      const told = await afterFailure(step, code, whole, () => reached++);
      for (const what of told) wrong.push(`${step.like} ${step.nth} ${code}: ${what}`);
    }
    expect(wrong).toEqual([]);
    expect(reached).toBeGreaterThan(chosen.length / 2);
  });
});

/** What is wrong after a run that was killed at a step; `onReached` is told of that. */
async function afterKill(
  step: ToldStep,
  whole: SteppedPlace,
  onReached: () => void,
): Promise<readonly string[]> {
  const place = new SteppedPlace();
  const killed = await place.run(args(place), 'kill', step);
  if (killed.signal === 'SIGKILL') onReached();
  // A run that takes fewer steps of the kind ends as it should.
  if (killed.signal !== 'SIGKILL' && killed.steps.some(({ act }) => act !== undefined)) {
    return [`it ended with ${killed.exitCode}`];
  }
  const wrong = await left(place);
  const counted = countedIn(place.lines());
  let ended = await place.run([...args(place), '--resume']);
  if (ended.exitCode === USAGE) {
    if (counted > 0 && !ended.stderr.includes('is finished')) wrong.push(`not continued: ${ended.stderr}`);
    ended = await place.run(args(place));
  }
  return [...wrong, ...(await unlike(ended.exitCode, place, whole))];
}

/** What is wrong with how a run ended that was refused a step; `onReached` as above. */
async function afterFailure(
  step: ToldStep,
  code: ErrorCode,
  whole: SteppedPlace,
  onReached: () => void,
): Promise<readonly string[]> {
  const place = new SteppedPlace();
  const { exitCode, signal, stderr, stdout, steps } = await place.run(args(place), code, step);
  const refused = steps.find(({ act }) => act !== undefined);
  if (refused !== undefined) onReached();
  const wrong = await left(place);
  if (/\n\s+at /.test(`${stdout}${stderr}`)) wrong.push(`it shows where it failed: ${stderr}`);
  if (exitCode === undefined || ![1, 3, 4].includes(exitCode)) {
    wrong.push(`it ended with ${exitCode ?? signal}: ${stderr}`);
  }
  if (exitCode === 4) {
    const { what = '' } = refused ?? {};
    // A file that is written under another name is told by its own.
    const name = basename(what.replace(/\.[0-9a-f-]{36}.*$/, ''));
    if (!/^error: /m.test(stderr) || !stderr.includes(name))
      wrong.push(`it does not name ${what}: ${stderr}`);
    if (!/[.?]$/.test(stderr.trimEnd())) wrong.push(`it gives no advice: ${stderr}`);
  }
  if (isOutput(step) && exitCode !== DOES_NOT_CONFORM) wrong.push(`it did not end quietly: ${stderr}`);
  const counted = countedIn(place.lines());
  if (exitCode !== 4 || counted === 0) return tidied(wrong, place);
  const ended = await place.run([...args(place), '--resume']);
  return [...wrong, ...(await unlike(ended.exitCode, place, whole))];
}

/** What a process left that it should not have, and what is torn. */
async function left(place: SteppedPlace): Promise<string[]> {
  const wrong: string[] = [];
  if (!(await place.isQuiet())) wrong.push('a process is left');
  if (place.leftOver().length > 0) wrong.push(`temporary files are left: ${place.leftOver().join(', ')}`);
  for (const line of place.lines()) {
    if (schemas.faults('report', JSON.parse(line)).length > 0) wrong.push(`no line of a report: ${line}`);
  }
  return wrong;
}

async function unlike(
  exitCode: number | undefined,
  place: SteppedPlace,
  whole: SteppedPlace,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  if (exitCode !== DOES_NOT_CONFORM) wrong.push(`the next run ended with ${exitCode}`);
  if (place.timeless().join('\n') !== whole.timeless().join('\n')) wrong.push('the report is another one');
  if (place.files().join('\n') !== whole.files().join('\n')) wrong.push(`left: ${place.files().join(', ')}`);
  return tidied([...wrong, ...(await left(place))], place);
}

/** Removes a place at which nothing is wrong; the others can be looked at. */
function tidied(wrong: readonly string[], place: SteppedPlace): readonly string[] {
  if (wrong.length === 0) rmSync(place.folder, { recursive: true });
  return wrong;
}

function countedIn(lines: readonly string[]): number {
  return lines.filter((line) => line.startsWith('{"record":"counted"')).length;
}

function isOutput({ like }: ToldStep): boolean {
  return /^(?:printed|told)/.test(like);
}

/** The errors that the operating system may have for a step. */
function codesFor({ like }: ToldStep): readonly ErrorCode[] {
  const [kind = ''] = like.split(' ');
  if (/^(?:openSync|mkdtempSync|spawn)$/.test(kind)) return ['EMFILE'];
  if (/^(?:sent|printed|told)/.test(kind)) return ['EPIPE'];
  if (/^(?:write|rename|link|mkdir)/.test(kind)) return ['ENOSPC', 'EIO'];
  if (/^(?:kill|spawned|existsSync|closeSync)$/.test(kind)) return [];
  return ['EIO'];
}
