// Checks that spec/program.fbs agrees with the schema of the ExecuTorch wheel: every table and
// field that it names has the same id and type there. Exit code 1 when it does not, 4 when there is
// no flatc.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

import { withFlatc } from './build/flatc.mjs';
import { packagePaths } from './build/package-paths.mjs';

const ours = path.join(packagePaths.root, 'spec/program.fbs');

await withFlatc(async ({ flatc, schema }) => {
  const scratch = await mkdtemp(path.join(tmpdir(), 'program-schema-'));
  try {
    // --conform asks whether a schema is an evolution of another: the wheel's has to be one of
    // ours.
    const theirs = path.join(schema, 'program.fbs');
    const args = ['-b', '-o', scratch, '-I', schema, '--conform', ours, theirs];
    const result = await execa(flatc, args, { reject: false, all: true });
    if (result.failed) {
      process.stderr.write(`spec/program.fbs does not agree with ExecuTorch's schema:\n${result.all}\n`);
      process.exitCode = 1;
    } else {
      process.stdout.write("spec/program.fbs agrees with ExecuTorch's schema\n");
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
});
