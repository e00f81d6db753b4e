import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagePaths } from '../build/package-paths.mjs';
import { commandSandbox, type CommandSandbox } from '../testing/command-sandbox.js';
import { readCommands } from './read-commands.js';

const { root } = packagePaths;
const GUIDES = 'conformance/guides';
const pages = [
  'README.md',
  ...readdirSync(join(root, GUIDES))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `${GUIDES}/${name}`),
];
/** The steps of .ci/run. */
const ci = readFileSync(join(root, '.ci/run'), 'utf8')
  .split('\n')
  .filter((line) => /\bstep\b|conformance/.test(line));
const commands = pages.flatMap((page) => readCommands(page, readFileSync(join(root, page), 'utf8')));

/** What .ci/run itself runs, in a checkout as new as a reader's. */
const BY_CI: readonly string[] = ['npm ci', 'npm run conformance', 'npm test', 'npm run test:gates'];

/** Needs a download of a gigabyte or a GPU: the test that runs it on what stands in for them. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'npm run tensorrt:fetch': 'scripts/tensorrt/fetch-tensorrt.test.ts',
  'npm run tensorrt:engine-builder': 'scripts/tensorrt/gpu-tier.gate.test.ts',
  'bash scripts/tensorrt/gpu-tier.sh': 'scripts/tensorrt/gpu-tier.gate.test.ts',
  'npx trt-conformance large': 'conformance/cli/large-command.test.ts',
  'npm install --save-dev trt-delegate-conformance': 'scripts/packed-package.gate.test.ts',
};

/** Subjects that are there on request alone: then the command says what is missing. */
const ON_REQUEST: Readonly<Record<string, string>> = {
  python: 'native/.deps/python',
  'upstream-runner': 'native/.deps/upstream-runner',
};

/** The codes with which a command ends as its page says; 0 for every other. */
const CODES: readonly (readonly [RegExp, readonly number[]])[] = [
  [/:accept-plus/, [1]],
  [/--exporter reference:own-text/, [1]],
  // It has hardly a capability.
  [/--exporter 'exec:python3 exporter\.py'/, [5]],
  [/--exporter upstream\b/, [0, 4]],
  [/--subject (?:upstream|upstream-runner|python)\b/, [0, 4, 5]],
  [/--subject so:/, [0]],
  [/report diff/, [1]],
  // Nothing is open since a report that shows no fault.
  [/--changed-since/, [5]],
  [/explain .*--option weight_streaming_budget=\+/, [1]],
  // One of the programs there has an error.
  [/explain golden\/exporter --sarif/, [1]],
  // The simulated TensorRT needs less memory than the fitting policy leaves, which a sweep tells.
  [/sweep --tensorrt/, [1]],
  [/--tensorrt/, [5]],
  [/--budget/, [0, 5]],
];

const expectedCodes = (command: string): readonly number[] =>
  CODES.find(([pattern]) => pattern.test(command))?.[1] ?? [0];

let sandbox: CommandSandbox;

beforeAll(async () => {
  sandbox = commandSandbox();
  const guide = readFileSync(join(root, GUIDES, 'judge-your-exporter.md'), 'utf8');
  const [, exporter = ''] = /^```python\n(.*?)^```/ms.exec(guide) ?? [];
  writeFileSync(join(sandbox.folder, 'exporter.py'), exporter);
  // The finding that a page names.
  mkdirSync(join(sandbox.folder, 'fuzz-findings/blob'), { recursive: true });
  writeFileSync(join(sandbox.folder, 'fuzz-findings/blob/INPUT'), '{"io_bindings":[]}');
  // The reports that pages name.
  const run = 'npx trt-conformance run --filter WSB-PARSE-03';
  await sandbox.run('echo WSB-PARSE-03 > clauses.txt');
  await sandbox.run(`${run} --report BEFORE && cp -r BEFORE OTHER-REPORT && cp -r BEFORE conformance-report`);
  await sandbox.run(`${run} --subject reference:accept-plus --report AFTER`);
});

afterAll(() => {
  sandbox.remove();
});

describe.each(pages)('%s', (page) => {
  const own = commands.filter((one) => one.page === page);

  it.each(own.map(({ line, command }) => [command, line] as const))('%s (line %i)', async (command) => {
    if (BY_CI.includes(command)) {
      expect(
        ci.some((line) => line.includes(command.replace('run', 'run --silent')) || line.includes(command)),
      ).toBe(true);
      return;
    }
    const elsewhere = Object.entries(ELSEWHERE).find(([start]) => command.startsWith(start));
    if (elsewhere !== undefined) {
      expect(existsSync(join(root, elsewhere[1]))).toBe(true);
      return;
    }
    const line = command
      .replaceAll('native/.deps/tensorrt-10.6', join(root, 'native/build'))
      .replace(/--time \d+[smh]/, '--time 1s')
      .replace('--budget 60s', '--budget 1s')
      // What it writes is the file of options of every command behind it.
      .replace(/ init$/, ' init begun');
    rmSync(join(sandbox.folder, 'known.json'), { force: true });
    const { code, text } = await sandbox.run(line);
    expect(text).not.toContain('unknown option');
    expect({ code, text: expectedCodes(command).includes(code ?? -1) ? '' : text }).toEqual({
      code,
      text: '',
    });
  });
});

describe('a subject that is there on request alone', () => {
  it.each(Object.keys(ON_REQUEST))('%s is named in a guide', (subject) => {
    expect(commands.some(({ command }) => command.includes(`--subject ${subject}`))).toBe(true);
  });
});
