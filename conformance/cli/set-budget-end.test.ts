import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { composeBlob, composeProgram, paddedTo } from '../../reference/index.js';
import { hasSparseFiles } from '../files/sparse-files.js';
import { writeSource } from '../files/write-source.js';
import { suiteRoot } from '../suite-root.js';

const SCRIPT = join(suiteRoot(), 'scripts/trt-conformance.mjs');
let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'set-budget-'));
  file = join(folder, 'a.pte');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Writes a program with an engine of so many bytes, which take no room. */
function program(bytes: number): void {
  const data = composeBlob({ engine: paddedTo(bytes, Uint8Array.of(1)) });
  const delegate = { backend: 'TensorRTBackend', placement: 'segment' as const, data, compileSpecs: [] };
  writeSource(file, composeProgram({ methods: [{ name: 'forward', delegates: [delegate] }] }));
}

describe.skipIf(!hasSparseFiles())('set-budget that ends early', () => {
  it('leaves nothing when it is interrupted, and ends by the signal', async () => {
    program(2 ** 40);
    const child = spawn(process.execPath, [
      SCRIPT,
      'set-budget',
      file,
      '--all',
      '1',
      '-o',
      join(folder, 'b.pte'),
    ]);
    const begun = watch(folder, (_, name) => {
      if (name?.endsWith('.tmp') === true) child.kill('SIGINT');
    });
    const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    begun.close();
    expect(signal).toBe('SIGINT');
    expect(readdirSync(folder)).toEqual(['a.pte']);
  });

  it('leaves nothing where there is no room, and says so', async () => {
    program(2 ** 20);
    const command = 'ulimit -f 100; exec "$0" "$@"';
    const { exitCode, stderr } = await execa(
      'bash',
      [
        '-c',
        command,
        process.execPath,
        SCRIPT,
        'set-budget',
        file,
        '--all',
        '1',
        '-o',
        join(folder, 'b.pte'),
      ],
      { reject: false },
    );
    expect(stderr).toMatch(
      /^error: There is no room for .*b\.pte, which has [\d]+ bytes \(EFBIG\)\. Make room, or give another place\.$/,
    );
    expect(exitCode).toBe(4);
    expect(readdirSync(folder)).toEqual(['a.pte']);
  });
});
