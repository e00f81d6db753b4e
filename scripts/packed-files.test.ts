import { existsSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';

import { execa } from 'execa';
import { publint } from 'publint';
import { beforeAll, describe, expect, it } from 'vitest';

import { packagePaths } from './build/package-paths.mjs';

/*
 * What `npm pack` puts into the package: all that a command comes to, and nothing of this machine
 * or of the tests. The package is installed and run by packed-package.gate.test.ts.
 */

const { root } = packagePaths;
const MOST_PACKED_BYTES = 2_000_000;
const MOST_BYTES = 9_000_000;

interface Packed {
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

let packed: Packed;
let files: ReadonlySet<string>;
const text = (file: string): string => readFileSync(join(root, file), 'utf8');
const those = (pattern: RegExp): string[] => [...files].filter((file) => pattern.test(file));
const description = JSON.parse(text('package.json')) as {
  readonly name: string;
  readonly bin: Record<string, string>;
  readonly dependencies: Record<string, string>;
};

beforeAll(async () => {
  const { stdout } = await execa('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], { cwd: root });
  const [found] = JSON.parse(stdout) as Packed[];
  if (found === undefined) throw new Error('npm pack packs nothing.');
  packed = found;
  files = new Set(packed.files.map(({ path }) => path));
}, 120_000);

/** Modules that a module of ours asks for, as it writes them. */
function importsOf(file: string): string[] {
  const found = text(file).matchAll(/(?:\bfrom|\bimport|\bimport\()\s*'([^']+)'|new URL\('([^']+)'/g);
  return [...found].map(([, name, beside]) => name ?? `./${beside ?? ''}`);
}

describe('the package', () => {
  it('is described as publint asks for', async () => {
    const { messages } = await publint({ pkgDir: root, strict: true, pack: false });
    expect(messages).toEqual([]);
  });

  it('is as small as can be', () => {
    expect(packed.size).toBeLessThan(MOST_PACKED_BYTES);
    expect(packed.unpackedSize).toBeLessThan(MOST_BYTES);
  });

  it('has no tests, no sources in TypeScript, and nothing that was made on this machine', () => {
    expect(those(/\.test\.|_test\.cpp$|(?:^|\/)testing\/|__pycache__|\.map$|tsbuildinfo|\.tgz$/)).toEqual([]);
    expect(those(/\.ts$/).filter((file) => !file.endsWith('.d.ts'))).toEqual([]);
    expect(those(/^native\/(?:build|\.deps)|node_modules|conformance-report|(?:^|\/)\.[a-z]/)).toEqual([]);
  });

  it('names no folder of this machine', () => {
    const machine = those(/\.(?:js|mjs|json|md|cmake)$/).filter((file) =>
      text(file).includes(root.replace(/\/$/, '')),
    );
    expect(machine).toEqual([]);
  });

  it('has every module that its modules ask for, and its dependencies are declared', () => {
    const modules = those(/\.m?js$/);
    expect(modules.length).toBeGreaterThan(500);
    const missing = modules.flatMap((file) =>
      importsOf(file)
        .filter((name) => name.startsWith('.'))
        .map((name) => posix.join(posix.dirname(file), name))
        // The folder of the suite, and files in it that the table below has.
        .filter((target) => /\.[a-z]+$/.test(target) && !files.has(target))
        .map((target) => `${file} → ${target}`),
    );
    expect(missing).toEqual([]);
    const packages = modules
      .flatMap(importsOf)
      .filter((name) => /^[@a-z]/.test(name) && !isBuiltin(name))
      .map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
    const undeclared = packages.filter(
      (name) => name !== description.name && !(name in description.dependencies),
    );
    expect([...new Set(undeclared)]).toEqual([]);
  });

  it('has every file below the root that a module names', () => {
    const named = those(/^(?:dist|scripts)\/.*\.m?js$/).flatMap((file) =>
      [...text(file).matchAll(/['"`]((?:spec|golden|native|scripts|conformance)\/[\w./-]+)['"`]/g)].map(
        ([, path]) => (path ?? '').replace(/\/$/, ''),
      ),
    );
    expect(named.length).toBeGreaterThan(10);
    const present = [...new Set(named)].filter((path) => existsSync(join(root, path)));
    const isPacked = (path: string): boolean =>
      files.has(path) ||
      (statSync(join(root, path)).isDirectory() && those(new RegExp(`^${path}/`)).length > 0);
    const made = (path: string): boolean => /^native\/(?:build|\.deps)|^golden\/regressions/.test(path);
    expect(present.filter((path) => !isPacked(path) && !made(path))).toEqual([]);
  });

  it('has every source that CMake names, and every file of the golden manifest', () => {
    const listed = those(/^native\/cmake\/.*\.cmake$/).flatMap((file) =>
      [
        ...text(file)
          .replace(/#.*/g, '')
          .matchAll(/(?<=[\s"(])([a-z][\w-]*(?:\/[\w.-]+)+\.cpp)/g),
      ].map(([, path]) => `native/${path ?? ''}`),
    );
    expect(listed.length).toBeGreaterThan(100);
    expect(listed.filter((path) => !files.has(path))).toEqual([]);
    const { programs } = JSON.parse(text('golden/manifest.json')) as {
      readonly programs: readonly { readonly file: string }[];
    };
    expect(programs.length).toBeGreaterThan(100);
    expect(programs.filter(({ file }) => !files.has(`golden/${file}`))).toEqual([]);
  });

  it('has its commands, and the sources of the kit', () => {
    for (const file of Object.values(description.bin))
      expect(files.has(posix.normalize(file)), file).toBe(true);
    for (const file of [
      'backend.cpp',
      'backend.args',
      'budget_rules.h',
      'subject.cpp',
      'subject.py',
      'README.md',
    ]) {
      expect(files.has(`native/kit/${file}`), file).toBe(true);
    }
    const args = text('native/kit/backend.args').match(/^native\/\S+\.cpp$/gm) ?? [];
    expect(args.length).toBeGreaterThan(20);
    expect(args.filter((file) => !files.has(file))).toEqual([]);
  });
});
