import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packagePaths } from '../build/package-paths.mjs';
import { commandSandbox, type CommandSandbox } from '../testing/command-sandbox.js';

const { root } = packagePaths;
const PIPELINES = join(root, 'conformance/guides/pipelines');

/** A step of a job on GitHub. */
interface Step {
  readonly if?: string;
  readonly run?: string;
  readonly uses?: string;
}

/** What is read of a workflow on GitHub. */
interface Workflow {
  readonly jobs: Readonly<Record<'shard' | 'verdict', { readonly steps: readonly Step[] }>>;
}

/** What installs and builds: a sandbox has that. */
const PREPARES = /^(?:npm ci|cmake )/;

let sandbox: CommandSandbox;

beforeEach(() => {
  sandbox = commandSandbox();
});

afterEach(() => {
  sandbox.remove();
});

/** Runs the steps of a job that are commands, up to the first that fails; gives its code. */
async function job(
  steps: readonly Step[],
  env: Readonly<Record<string, string>>,
  matrix: Readonly<Record<string, number>> = {},
): Promise<{ readonly code: number | undefined; readonly text: string }> {
  let text = '';
  for (const { run } of steps) {
    if (run === undefined || PREPARES.test(run)) continue;
    const line = run.replace(/\$\{\{ matrix\.(\w+) \}\}/g, (_, name: string) => String(matrix[name]));
    const ended = await sandbox.run(line, env);
    text += ended.text;
    if (ended.code !== 0) return { code: ended.code, text };
  }
  return { code: 0, text };
}

describe('the workflow for GitHub', () => {
  const { jobs } = parse(readFileSync(join(PIPELINES, 'github-actions.yml'), 'utf8')) as Workflow;

  it.each([
    ['native', 0, '::notice'],
    ['reference:accept-plus', 1, 'WSB-PARSE-03'],
  ])('ends for %s with %i', async (subject, code, told) => {
    const env = { SUBJECT: subject, GITHUB_STEP_SUMMARY: join(sandbox.folder, 'summary.md') };
    const shards = [];
    for (const shard of [1, 2, 3]) shards.push((await job(jobs.shard.steps, env, { shard })).code);
    expect(Math.max(...shards.map(Number))).toBe(code);
    // What the action that downloads does.
    mkdirSync(join(sandbox.folder, 'shards'));
    for (const name of readdirSync(sandbox.folder).filter((each) => each.startsWith('shard-'))) {
      renameSync(join(sandbox.folder, name), join(sandbox.folder, 'shards', name));
    }
    const verdict = await job(jobs.verdict.steps, env);
    expect(verdict.text).toContain(told);
    expect(verdict.code).toBe(code);
    expect(readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8')).toContain(subject);
    expect(readFileSync(join(sandbox.folder, 'conformance-report/report.html'), 'utf8')).toContain(subject);
  });
});

describe('the workflow that fuzzes every night', () => {
  const { jobs } = parse(readFileSync(join(PIPELINES, 'github-fuzz.yml'), 'utf8')) as Workflow;

  it.each([
    ['reference', 0, '0 findings.'],
    ['reference:set-twice', 1, 'again: npx trt-conformance run'],
  ])('ends for %s with %i', async (subject, code, told) => {
    const env = { SUBJECT: subject, TIME: '2s', GITHUB_RUN_NUMBER: '7' };
    const shard = await job(jobs.shard.steps, env, { shard: 2 });
    expect(shard.text).toContain(told);
    expect(shard.code).toBe(code);
    expect(existsSync(join(sandbox.folder, 'fuzz-findings'))).toBe(code === 1);
  });
});

describe('the jobs for GitLab', () => {
  interface Jobs {
    readonly shard: { readonly script: readonly string[]; readonly parallel: number };
    readonly verdict: { readonly script: readonly string[] };
  }
  const { shard, verdict } = parse(readFileSync(join(PIPELINES, 'gitlab-ci.yml'), 'utf8')) as Jobs;

  it.each([
    ['native', 0],
    ['reference:accept-plus', 1],
  ])('end for %s with %i', async (subject, code) => {
    const steps = (script: readonly string[]): Step[] => script.map((run) => ({ run }));
    for (let node = 1; node <= shard.parallel; node++) {
      const numbers = { CI_NODE_INDEX: String(node), CI_NODE_TOTAL: String(shard.parallel) };
      await job(steps(shard.script), { SUBJECT: subject, ...numbers });
    }
    const ended = await job(steps(verdict.script), {});
    expect(ended.code, ended.text).toBe(code);
    expect(readFileSync(join(sandbox.folder, 'conformance-report/report.html'), 'utf8')).toContain(subject);
    expect(readFileSync(join(sandbox.folder, 'conformance-report/junit.xml'), 'utf8')).toContain('<testcase');
  });
});

describe('the jobs for Kubernetes', () => {
  interface Container {
    readonly args: readonly string[];
    readonly env?: readonly { readonly name: string; readonly value: string }[];
  }
  interface Job {
    readonly spec: {
      readonly completions?: number;
      readonly template: { readonly spec: { readonly containers: readonly [Container] } };
    };
  }
  const jobs = readFileSync(join(PIPELINES, 'kubernetes-job.yaml'), 'utf8')
    .split('\n---\n')
    .map((text) => parse(text) as Job);

  it.each([
    ['native', 0],
    ['reference:accept-plus', 1],
  ])('count everything once, put it together, and end for %s with %i', async (subject, verdict) => {
    const [run, merge] = jobs.map(({ spec }) => spec);
    const container = run?.template.spec.containers[0];
    const variables = Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));
    expect(variables['TRT_CONFORMANCE_SHARDS']).toBe(String(run?.completions));
    mkdirSync(join(sandbox.folder, 'reports'));
    const here = (text: string): string => text.replaceAll('/reports', join(sandbox.folder, 'reports'));
    for (let index = 0; index < (run?.completions ?? 0); index++) {
      const env = { ...variables, SUBJECT: subject, JOB_COMPLETION_INDEX: String(index) };
      await sandbox.run(here(container?.args[0] ?? ''), env);
    }
    const { code, text } = await sandbox.run(here(merge?.template.spec.containers[0].args[0] ?? ''));
    expect(code, text).toBe(verdict);
  });
});

describe('the test for pytest and the one for CTest', () => {
  it('name options that there are', async () => {
    for (const name of ['test_conformance.py', 'CMakeLists.txt', 'Containerfile']) {
      cpSync(join(PIPELINES, name), join(sandbox.folder, name));
      const text = readFileSync(join(PIPELINES, name), 'utf8');
      const { text: help } = await sandbox.run('npx trt-conformance run --help');
      for (const [option] of text.matchAll(/--(?:subject|reporter|report|cases|decisions)\b/g)) {
        expect(help).toContain(option);
      }
    }
  });
});

describe('the nightly run', () => {
  const nightly = (subjects: string): Promise<{ readonly code: number | undefined; readonly text: string }> =>
    sandbox.run(`bash '${join(root, '.ci/nightly')}' '${join(sandbox.folder, 'nightly')}'`, {
      CI_NIGHTLY_BUILT: '1',
      NIGHTLY_SUBJECTS: subjects,
      NIGHTLY_RUN: '--cases 300 --decisions 0 --filter WSB-PARSE-*',
      // Nothing answers there: what is newest is not known, which is no change.
      PIP_INDEX_URL: 'http://127.0.0.1:9/',
      PIP_RETRIES: '0',
    });

  it('ends with 0 and leaves no issue where nothing changed', async () => {
    const { code, text } = await nightly('native');
    expect(text).toContain('nightly: nothing changed');
    expect(readdirSync(join(sandbox.folder, 'nightly'))).toEqual(['native']);
    expect(code).toBe(0);
  });

  it('writes what changed, with the finding and the command, and ends with 1', async () => {
    const { code } = await nightly('native reference:accept-plus');
    expect(code).toBe(1);
    const issue = readFileSync(join(sandbox.folder, 'nightly/issue.md'), 'utf8');
    for (const part of ['found a change', 'reference:accept-plus ended with 1', 'WSB-PARSE-03', '--filter']) {
      expect(issue).toContain(part);
    }
    expect(issue).not.toContain('## native');
  });
});
