import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { suiteRoot } from '../suite-root.js';
import { skippedWithout } from '../testing/skipped-without.js';
import { main } from './main.js';
import { unfolded } from '../testing/unfolded.js';

const build = join(suiteRoot(), 'native/build');
const folder = mkdtempSync(join(tmpdir(), 'start-suite-'));
const report = ['--report', folder];

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function cli(argv: readonly string[]): Promise<{ readonly code: number; readonly out: string }> {
  let out = '';
  const code = await main(argv, {
    out: (text) => {
      out += text;
    },
    err: { write: () => true },
  });
  return { code, out };
}

/** The command that replays the only finding of the last report. */
function replayOf(subject: string): readonly string[] {
  const [file = ''] = readdirSync(join(folder, 'findings'));
  return ['run', '--subject', subject, '--case', join(folder, 'findings', file)];
}

describe('a subject that breaks only a clause that says SHOULD', () => {
  const SUBJECT = 'reference:refuse-silently';

  it('conforms in a run, in a replay of what was found and in a smoke test', async () => {
    const chosen = ['--filter', 'WSB-FAIL-09'];
    const ran = await cli(['run', '--subject', SUBJECT, ...chosen, ...report]);
    expect(ran.code).toBe(0);
    expect(unfolded(ran.out)).toContain('Broken SHOULD clauses, which do not decide: WSB-');
    const replayed = await cli(replayOf(SUBJECT));
    expect(replayed.out).toMatch(/^fail$/m);
    expect(replayed.code).toBe(0);
    const smoked = await cli(['smoke', '--subject', SUBJECT]);
    expect(smoked.out).toMatch(/breaks only SHOULD clauses\.\n +WSB-FAIL-09/);
    expect(smoked.code).toBe(0);
  });

  it.skipIf(skippedWithout(existsSync(join(build, 'device-check'))))(
    'conforms on a TensorRT as well',
    async () => {
      const subject = ['--subject', 'native:empty-option-silent', '--filter', 'WSB-OPT-06'];
      const ran = await cli(['run', '--tensorrt', build, ...subject, ...report]);
      expect(unfolded(ran.out)).toContain('Broken SHOULD clauses, which do not decide: WSB-');
      expect(ran.code).toBe(0);
      const footer: unknown = JSON.parse(
        readFileSync(join(folder, 'report.jsonl'), 'utf8').trimEnd().split('\n').at(-1) ?? '',
      );
      expect(footer).toMatchObject({ outcome: 'kept', exitCode: 0, findings: 1 });
    },
    300_000,
  );
});
