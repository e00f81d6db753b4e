import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { MemorySource } from '../../../reference/index.js';
import type { DeviceCheckResult, Observation } from '../../model/device-check.js';
import { suiteRoot } from '../../suite-root.js';
import { type BuiltEngine, LARGE } from '../tensorrt/engine-kind.js';
import { checkChanges } from './check-changes.js';

/** What a real device showed: a program of one engine, and one of two. */
const [one, two] = readFileSync(join(suiteRoot(), 'golden/recorded/h200/tier.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line.includes('"name":"changes/'))
  .map((line) => (JSON.parse(line) as DeviceCheckResult).observed);
if (one === undefined || two === undefined) throw new Error('The recorded changes are not all there.');

const plan = new MemorySource(new Uint8Array());
const ENGINE: BuiltEngine = { kind: LARGE, file: 'large.plan', plan, sha256: '', streamable: 268_435_712n };
const folder = mkdtempSync(join(tmpdir(), 'changes-'));
const script = join(folder, 'seen.sh');
writeFileSync(script, '#!/bin/sh\nprintf "%s\\n" "$SEEN"\n');
chmodSync(script, 0o755);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What is judged of a device that shows these lines. */
function judged(lines: readonly Observation[], simulated = false): Promise<DeviceCheckResult> {
  const env = { SEEN: lines.map((line) => JSON.stringify(line)).join('\n') };
  return checkChanges({ program: script, args: [], env }, 'x.pte', ENGINE, 1, simulated);
}

const changed = (at: number, more: Observation): readonly Observation[] =>
  one.map((line, index) => (index === at ? { ...line, ...more } : line));

describe('checkChanges', () => {
  it.each([
    ['one engine', one, '0.65'],
    ['two engines', two, '0.25'],
  ])('passes what an H200 showed of %s', async (_, lines, ratio) => {
    const { verdict, message } = await judged(lines);
    expect(message).toBe(
      `the same outputs, bit for bit: 10 changes, with the memory back each time, in ${ratio} of the time of a load`,
    );
    expect(verdict).toBe('pass');
  });

  it.each<[string, readonly Observation[], RegExp]>([
    ['a change that is refused', changed(3, { error: '33' }), /does not change: change fails/],
    ['a run that fails behind a change', changed(4, { run: '1' }), /does not change: change fails/],
    ['a load that fails', changed(12, { error: '35' }), /does not change: reload fails/],
    ['an end before the last step', one.slice(0, -1), /not all steps were made/],
    ['memory that does not come back', changed(4, { free: '149546991615' }), /back at the budget 0/],
    ['other outputs behind a change', changed(7, { checksum: '1' }), /the outputs differ/],
    ['outputs of zeros alone', changed(7, { allZero: true }), /nothing was computed/],
  ])('fails %s', async (_, lines, why) => {
    const { verdict, message } = await judged(lines);
    expect(message).toMatch(why);
    expect(verdict).toBe('fail');
  });

  it('judges no outputs of a simulated device', async () => {
    expect((await judged(changed(7, { checksum: '1' }), true)).verdict).toBe('pass');
  });
});
