import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import {
  collectNames,
  parseBudget,
  parseCount,
  parseDuration,
  parseJobs,
  parseSeed,
  parseTimeout,
} from './arguments.js';
import { type Output, UsageError } from './output.js';
import { FORMAT_NAMES } from '../report/formats/formats.js';
import { lineList } from '../model/visible-text.js';
import { PROFILE_NAMES } from '../spec/profile-name.js';
import { EXPORTER_HELP, EXPORTER_NAMES } from '../exporter/open-exporter.js';
import { loadSchemas } from '../spec/schemas.js';
import { SUBJECT_HELP, SUBJECT_NAMES } from '../subjects/open-subject.js';
import { collectFormats } from './asked-formats.js';
import { collectQuery } from './filter-queries.js';
import { takeConfig } from './configured-options.js';
import { CONFIG_FILE } from './read-config.js';
import { refuseShard } from './refuse-shard.js';
import { replay } from './replay.js';
import { parseShard } from './shard-option.js';
import { startSuite } from './start-suite.js';
import { collect, OPTION_TYPES, parseBytes } from './given-options.js';
import { runProgram } from './program-command.js';
import { withSubjectOptions } from './subject-options.js';
import type { ProgramOptions, SuiteOptions } from './suite-options.js';

const DEFAULT_CASES = 360_000;
const DEFAULT_DECISIONS = 5_000_000;
const DEFAULT_SEED = 1;

/** `trt-conformance run`. */
export function runCommand(root: string, output: Output, end: (code: number) => void): Command {
  const command = new Command('run')
    .option('--subject <name>', SUBJECT_NAMES, 'native')
    .option('--exporter <name>', `an exporter, in place of a delegate: ${EXPORTER_NAMES}`);
  return withSubjectOptions(command)
    .addOption(
      new Option(
        '--policy <policy>',
        'who chooses automatic budgets: the delegate, or TensorRT as upstream',
      ).choices(['fitting', 'upstream']),
    )
    .addOption(
      new Option(
        '--profile <profile>',
        'what the subject is to conform to (default: what it claims itself, else delegate)',
      ).choices(PROFILE_NAMES),
    )
    .option(
      '--require <names>',
      'clauses or profiles that have to be demonstrated besides, or, behind a -, need not be; may be given again',
      collectNames,
    )
    .option('--cases <n>', 'how many programs are generated', parseCount, DEFAULT_CASES)
    .option('--decisions <n>', 'how many decisions are generated', parseCount, DEFAULT_DECISIONS)
    .addOption(
      new Option('--depth <depth>', 'whole programs, budget decisions alone, or both')
        .choices(['program', 'decision', 'both'])
        .default('both'),
    )
    .option('--exhaustive', 'also test all 16,843,009 budgets of up to 3 bytes')
    .option(
      '--time <duration>',
      'run the whole plan, then continue with new cases until the time is up, such as 60s or 60m',
      parseDuration,
    )
    .option(
      '--budget <duration>',
      'end when the time is up, and so run the most telling cases first; what was not run is told',
      parseBudget,
    )
    .option('--fail-fast', 'end at the first failure that decides; what was not run is told')
    .option(
      '--timeout <duration>',
      'how long a subject in a process of its own is waited for at a case, such as 500ms or 30s (default: 10s)',
      parseTimeout,
    )
    .option(
      '--jobs <n>',
      'threads, or processes of the subject, that generated cases are shared between',
      parseJobs,
      availableParallelism(),
    )
    .option('--stats', 'also show how the generated cases are distributed over the classes of each area')
    .option('--keep', 'also write the smallest case of each finding to golden/regressions')
    .option(
      '--seed <s>',
      'seed of the generated cases: the same seed gives the same cases',
      parseSeed,
      DEFAULT_SEED,
    )
    .option(
      '--filter <query>',
      'clause ids, case ids or generated alone; * stands for any text, and a ! before it leaves that out; may be given again',
      collectQuery,
    )
    .option('--filter-from <file>', 'a file of such queries, one a line; may be given again', collect)
    .option(
      '--changed-since <report>',
      'run what an earlier report leaves open: what failed or was not demonstrated there, what is new, and what changed',
    )
    .option(
      '--expectations <file>',
      'a list of what the subject is known to fail; may be given again',
      collect,
      [],
    )
    .option('--update-expectations', 'remove entries that no longer hold from the lists of expected failures')
    .option(
      '--tensorrt [folder]',
      'run on a real TensorRT: the folder of libnvinfer.so (without one: TENSORRT_ROOT names it)',
    )
    .option('--cudart <file>', 'the CUDA runtime beside it (default: the one that is installed)')
    .option('--engines <folder>', 'where the engines built for it are kept from run to run')
    .option(
      '--config <file>',
      `a file of options (default: ${CONFIG_FILE} in this folder, where there is one)`,
    )
    .option('--no-config', 'take no file of options')
    .option(
      '--shard <i/n>',
      'take part i of n of the run, whose reports `report merge` makes one of; auto: as the CI says',
      parseShard,
    )
    .option('--report <folder>', 'the folder for the report', 'conformance-report')
    .option(
      '--reporter <name[=file]>',
      `also write the report as ${FORMAT_NAMES.join(', ')}; may be given again`,
      collectFormats,
      [],
    )
    .option('--resume', 'continue the run whose unfinished report is in that folder')
    .option('--case <file>', 'run that case alone, such as one of conformance-report/findings')
    .option('--program <file>', 'load that program alone, and say whether the reference agrees')
    .option('--option <key=value>', 'with --program: a load-time option; may be given again', collect, [])
    .addOption(
      new Option('--option-type <type>', 'with --program: type of the options')
        .choices(OPTION_TYPES)
        .default('string'),
    )
    .option(
      '--method <name>',
      'with --program: a method to load, instead of all; may be given again',
      collect,
      [],
    )
    .option('--free-memory <bytes>', 'with --program: bytes of device memory that are free', parseBytes)
    .option('--json', 'with --program: as JSON')
    .addHelpText('after', `\nSubjects:\n${SUBJECT_HELP}\nExporters:\n${EXPORTER_HELP}`)
    .action(async (options: SuiteOptions & ProgramOptions, own: Command) => {
      const { case: file, program, tensorrt, exporter } = options;
      if (exporter !== undefined) {
        // Loaded when it is asked for: a run on a delegate is to take little memory.
        const { runOfExporter } = await import('./run-of-exporter.js');
        end(await runOfExporter(root, own, { ...options, exporter }, output));
        return;
      }
      output.err.write(lineList(takeConfig(own, loadSchemas(root))));
      refuseMixed(options);
      refuseShard(options);
      if (program !== undefined) {
        end(await runProgram(root, program, options, output));
        return;
      }
      end(
        file === undefined || tensorrt !== undefined
          ? await startSuite(root, options, output)
          : await replay(root, options, file, output),
      );
    });
}

/** Throws UsageError for options of which one has no meaning beside, or without, another. */
function refuseMixed(options: SuiteOptions & ProgramOptions): void {
  const { program, case: file, tensorrt, option = [], method = [], freeMemory, json } = options;
  const needing = [
    ...(option.length > 0 ? ['--option'] : []),
    ...(method.length > 0 ? ['--method'] : []),
    ...(freeMemory === undefined ? [] : ['--free-memory']),
    ...(json === undefined ? [] : ['--json']),
  ];
  if (program === undefined && needing.length > 0) {
    throw new UsageError(`${needing.join(' and ')} cannot be used without --program.`);
  }
  if (options.budget !== undefined && options.time !== undefined) {
    throw new UsageError(
      'Give either --budget, which ends a run early, or --time, which makes it longer with new cases.',
    );
  }
  if (program !== undefined && (file !== undefined || tensorrt !== undefined)) {
    throw new UsageError('Give either --program, or --case, or --tensorrt.');
  }
}
