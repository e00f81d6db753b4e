import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packagePaths } from './build/package-paths.mjs';

/*
 * What starts processes is in the table of conformance/process/README.md, and was looked at for
 * what it takes from the working folder and the environment.
 */

const { root } = packagePaths;
const TABLE = 'conformance/process/README.md';
/** What only tests run. */
const OF_TESTS = [
  /\.test\.ts$/,
  /\/testing\//,
  /^native\/kit\/make-kit\.ts$/,
  /^native\/process\/conversation\.ts$/,
];
const SOURCE = /\.(?:ts|mjs|js|py|cpp|h)$/;
/** Fetched, built or generated. */
const FOREIGN = /^(?:native\/(?:\.deps|build)|reference\/program\/generated)\//;
/** How a process is started in each language. */
const STARTS: Readonly<Record<string, RegExp>> = {
  ts: /'(?:execa|(?:node:)?child_process|(?:node:)?cluster)'/,
  mjs: /'(?:execa|(?:node:)?child_process|(?:node:)?cluster)'/,
  js: /'(?:execa|(?:node:)?child_process|(?:node:)?cluster)'/,
  py: /^import subprocess|\bos\.(?:system|popen|exec|spawn|fork)|\bpty\b/m,
  cpp: /(?<![.>\w])(?:v?fork|popen|system|posix_spawnp?|execv\w*|execl\w*)\s*\(/,
  h: /(?<![.>\w])(?:v?fork|popen|system|posix_spawnp?|execv\w*|execl\w*)\s*\(/,
};

const files = ['conformance', 'reference', 'scripts', 'native']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  )
  .filter((file) => SOURCE.test(file) && !FOREIGN.test(file) && !OF_TESTS.some((test) => test.test(file)));

const text = (file: string): string => readFileSync(join(root, file), 'utf8');

describe('files that start processes', () => {
  it('are those of the table, each of them', () => {
    const starting = files.filter((file) => STARTS[file.split('.').at(-1) ?? '']?.test(text(file)));
    const listed = [...text(TABLE).matchAll(/^\| `([^`]+)`/gm)].map(([, file]) => file ?? '');
    expect(listed.length).toBeGreaterThan(20);
    expect([...starting].sort()).toEqual([...listed].sort());
  });

  it('start Python apart from the folder and the variables of whoever runs it', () => {
    const starting = files.filter((file) => /['"]-m['"], ['"]pip['"]|_subject\.py'/.test(text(file)));
    expect(starting.length).toBeGreaterThan(3);
    for (const file of starting) expect(text(file), file).toMatch(/['"]-I['"]|\.\.\.ISOLATED/);
  });
});
