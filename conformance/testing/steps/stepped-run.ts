import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { suiteRoot } from '../../suite-root.js';
import { STEP_PLAN, type Step, type StepAct, type StepPlan } from './step-plan.js';

const root = suiteRoot();
const hook = join(root, 'dist/conformance/testing/steps/step-hook.js');
const script = join(root, 'scripts/trt-conformance.mjs');

/** A step of a process that was told. */
export interface ToldStep extends Step {
  /** The file or the process that it was done to. */
  readonly what: string;
  /** What was done there; left out where nothing was. */
  readonly act?: StepAct;
}

/** How a command ended. */
export interface SteppedEnd {
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly steps: readonly ToldStep[];
}

/**
 * A place for one command of the suite: a folder for its report, and one for temporary files, whose
 * path every process that it starts has in its environment.
 */
export class SteppedPlace {
  readonly folder = mkdtempSync(join(tmpdir(), 'steps-'));
  readonly report = join(this.folder, 'report');
  readonly temporary = join(this.folder, 'temporary');

  constructor() {
    mkdirSync(this.temporary);
  }

  /** Runs a command, with an act at one of its steps. */
  async run(args: readonly string[], act: StepAct = 'tell', at: Step | null = null): Promise<SteppedEnd> {
    const log = join(mkdtempSync(join(this.folder, 'log-')), 'steps');
    const plan: StepPlan = { act, at, log };
    const ended = await execa(process.execPath, ['--import', hook, script, ...args], {
      reject: false,
      env: { TMPDIR: this.temporary, [STEP_PLAN]: JSON.stringify(plan) },
    });
    const { exitCode, signal, stdout, stderr } = ended;
    return { exitCode, signal, stdout, stderr, steps: readSteps(log) };
  }

  /** The names of the files of the report, those of findings too; hidden ones included. */
  files(): readonly string[] {
    if (!existsSync(this.report)) return [];
    return readdirSync(this.report, { recursive: true, encoding: 'utf8' }).sort();
  }

  /** The whole lines of the report; what stands behind them was torn off. */
  lines(): readonly string[] {
    const file = join(this.report, 'report.jsonl');
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  }

  /** The report less what differs between two runs. */
  timeless(): readonly string[] {
    return this.lines().map((line) =>
      line
        .replaceAll(/"milliseconds":[\d.e-]+/g, '"milliseconds":0')
        .replaceAll(/,"chain":"[0-9a-f]{32}"/g, '')
        .replace(/"started":"[^"]*"/, '"started":""')
        .replaceAll(this.report, 'REPORT'),
    );
  }

  /** Whether, in time, no process is left that a command here started. */
  async isQuiet(): Promise<boolean> {
    for (let tries = 0; tries < 400 && processesOf(this.temporary).length > 0; tries++) await sleep(25);
    return processesOf(this.temporary).length === 0;
  }

  /** What is left in the folder for temporary files. */
  leftOver(): readonly string[] {
    return readdirSync(this.temporary);
  }
}

function readSteps(log: string): readonly ToldStep[] {
  if (!existsSync(log)) return [];
  const lines = readFileSync(log, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as ToldStep);
}

/** The processes that have a folder for temporary files in their environment; zombies have none. */
function processesOf(temporary: string): readonly string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return (
        /^\d+$/.test(name) && readFileSync(`/proc/${name}/environ`, 'latin1').includes(`=${temporary}\0`)
      );
    } catch {
      return false;
    }
  });
}

/** Steps that stand for all: of those that are alike the first and the last. */
export function telling(steps: readonly ToldStep[]): readonly ToldStep[] {
  const last = new Map(steps.map(({ like, nth }) => [like, nth]));
  return steps.filter(({ like, nth }) => nth === 1 || nth === last.get(like));
}
