import type { Command } from 'commander';
import type { Output } from './output.js';

/** Makes a command of the suite below `root`; `end` is told the exit code. */
type MakeCommand = (root: string, output: Output, end: (code: number) => void) => Command;

/** A command of trt-conformance; what it needs is loaded when it is used. */
export interface CommandEntry {
  readonly name: string;
  readonly description: string;
  readonly load: () => Promise<MakeCommand>;
}

/** All of them, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'run',
    description: 'Run the suite against a subject, with the reference as the oracle.',
    load: async () => (await import('./run-command.js')).runCommand,
  },
  {
    name: 'init',
    description: "Begin in a vendor's repository: an adapter, expectations, a configuration and a workflow.",
    load: async () => (await import('./init-command.js')).initCommand,
  },
  {
    name: 'smoke',
    description:
      'Check in a few seconds whether a subject speaks the protocol and whether its delegate is roughly right.',
    load: async () => (await import('./smoke-command.js')).smokeCommand,
  },
  {
    name: 'list',
    description: 'List the clauses of the specification, or the written cases.',
    load: async () => (await import('./list-command.js')).listCommand,
  },
  {
    name: 'explain',
    description:
      'Explain where the budget of each engine of a program comes from, and what is wrong with it.',
    load: async () => (await import('./explain-command.js')).explainCommand,
  },
  {
    name: 'plan',
    description: 'Say which budgets of a program fit a device, and what they cost a run.',
    load: async () => (await import('./plan-command.js')).planCommand,
  },
  {
    name: 'set-budget',
    description: 'Give the engines of a program other budgets, without exporting it again.',
    load: async () => (await import('./set-budget-command.js')).setBudgetCommand,
  },
  {
    name: 'large',
    description:
      'Load programs of up to 13 GB, which take no room on disk, from their files, on a subject and on the reference.',
    load: async () => (await import('./large-command.js')).largeCommand,
  },
  {
    name: 'fuzz',
    description:
      'Give every reader changed inputs until the time is up, those in C++ and TypeScript beside each other, and programs to a subject.',
    load: async () => (await import('./fuzz-command.js')).fuzzCommand,
  },
  {
    name: 'golden',
    description: 'The stored programs in golden/.',
    load: async () => (await import('./golden-command.js')).goldenCommand,
  },
  {
    name: 'spec',
    description: 'The specification in spec/.',
    load: async () => (await import('./spec-command.js')).specCommand,
  },
  {
    name: 'sweep',
    description:
      'Load programs with more and more device memory free, and record which budgets load and how fast they run.',
    load: async () => (await import('./sweep-command.js')).sweepCommand,
  },
  {
    name: 'cost',
    description:
      'Time loads with and without the budget rules, and the delegate against TensorRT called directly.',
    load: async () => (await import('./cost-command.js')).costCommand,
  },
  {
    name: 'verify',
    description:
      'Recompute the verdict of a finished report from its lines alone; refuse one that was edited or cut.',
    load: async () => (await import('./verify-command.js')).verifyCommand,
  },
  {
    name: 'watch',
    description:
      'Run the suite, and again whenever a file of the subject changes, first what failed. Takes the options of run.',
    load: async () => (await import('./watch-command.js')).watchCommand,
  },
  {
    name: 'report',
    description:
      'Verify a finished report, write it in another format, say what changed from one to another, or make one of shards.',
    load: async () => (await import('./report-command.js')).reportCommand,
  },
  {
    name: 'expectations',
    description: 'Lists of what a subject is known to fail.',
    load: async () => (await import('./expectations-command.js')).expectationsCommand,
  },
  {
    name: 'doctor',
    description: 'List what this machine has, what is missing for a run, and how to get it.',
    load: async () => (await import('./doctor-command.js')).doctorCommand,
  },
  {
    name: 'build',
    description:
      'Build the native part now; a run builds it when it is needed. --help says what else can be built.',
    load: async () => (await import('./build-command.js')).buildCommand,
  },
];
