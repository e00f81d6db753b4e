import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { buildReaders, type BuiltReaders } from '../fuzz/build-readers.js';
import { readPlainFile } from '../files/read-plain-file.js';
import type { FuzzTally } from '../fuzz/finding.js';
import { findJazzer } from '../fuzz/jazzer.js';
import { replayInput } from '../fuzz/replay-input.js';
import { PROGRAM_TARGET, runFuzz, TARGET_NAMES } from '../fuzz/run-fuzz.js';
import { readerTarget } from '../fuzz/targets/reader-targets.js';
import { lineList, visible, type VisibleText } from '../model/visible-text.js';
import { packageOf } from '../package-of.js';
import { EXIT } from '../run/exit-code.js';
import { SUBJECT_HELP, SUBJECT_NAMES } from '../subjects/open-subject.js';
import { parseBudget, parseJobs, parseSeed } from './arguments.js';
import {
  endLines,
  findingLines,
  FUZZ_HEADER,
  tallyLines,
  type KeptFinding,
  keepFinding,
} from './fuzz-text.js';
import { type Output, UsageError } from './output.js';
import { readingFile } from './read-program-file.js';
import { parseShard, shareOf, type AskedShard } from './shard-option.js';
import { type ChosenSubject, withSubjectOptions } from './subject-options.js';

interface FuzzOptions extends ChosenSubject {
  readonly target?: readonly string[];
  readonly time: number;
  readonly corpus?: string;
  readonly findings: string;
  readonly seed: number;
  readonly shard?: AskedShard;
  readonly jobs: number;
  readonly native: boolean;
  readonly replay?: string;
}

const DEFAULT_TIME = 60_000;
/** Bytes of an input at most. */
const MOST_INPUT = 1 << 20;
/** More shards than there can be: each has seeds of its own. */
const SEEDS_A_SHARD = 1009;

/** `trt-conformance fuzz`. */
export function fuzzCommand(root: string, output: Output, end: (code: number) => void): Command {
  const command = new Command('fuzz')
    .addOption(
      new Option('--time <duration>', 'how long, all targets together, such as 2h')
        .argParser(parseBudget)
        .default(DEFAULT_TIME, '60s'),
    )
    .option('--target <name...>', `what: ${TARGET_NAMES.join(', ')} (default: all of them)`, collectTarget)
    .option('--subject <name>', `what loads programs: ${SUBJECT_NAMES}`, 'native-process')
    .option('--corpus <folder>', 'inputs to begin with, a folder for each target; gets new ones')
    .option('--findings <folder>', 'the folder for inputs on which a reader errs', 'fuzz-findings')
    .option('--seed <s>', 'seed of the inputs', parseSeed, 1)
    .option('--shard <i/n>', 'take other inputs than the other n-1 shards; auto: as the CI says', parseShard)
    .option('--jobs <n>', 'targets at a time', parseJobs, availableParallelism())
    .option('--no-native', 'leave out the readers in C++, which take a compiler')
    .option('--replay <file>', 'give one target that input alone, and say what is read');
  return withSubjectOptions(command)
    .addHelpText('after', `${HELP}\nSubjects of the target program:\n${SUBJECT_HELP}`)
    .action(async (options: FuzzOptions) => {
      end(await (options.replay === undefined ? fuzz(root, options, output) : replay(root, options, output)));
    });
}

const HELP = `
Every reader of bytes that nobody vouches for is given inputs that are changed
again and again. Those in C++ are guided by libFuzzer, which comes with clang,
and run with sanitizers; those in TypeScript by libFuzzer where @jazzer.js/core
is installed, and by the blocks of code that run. Both have to read the same. The target program gives mutated programs to a
subject and to the reference.

Exit codes: 0 nothing was found, 1 a reader errs, 2 usage, 4 something is missing.

Examples:
  trt-conformance fuzz --time 60s
  trt-conformance fuzz --target blob plan --time 10m --corpus corpus
  trt-conformance fuzz --target program --subject so:./libvendor.so --time 2h`;

function collectTarget(name: string, before: readonly string[] = []): string[] {
  if (!TARGET_NAMES.includes(name)) {
    throw new InvalidArgumentError(`There is no target ${name}. There are: ${TARGET_NAMES.join(', ')}.`);
  }
  return before.includes(name) ? [...before] : [...before, name];
}

async function fuzz(root: string, options: FuzzOptions, { out, err }: Output): Promise<number> {
  const { target: targets = TARGET_NAMES, time, seed, jobs, subject, corpus = null, native } = options;
  const share = options.shard === undefined ? { number: 1 } : shareOf(options.shard, process.env);
  const isReading = targets.some((name) => name !== PROGRAM_TARGET);
  const { jazzer, told } = isReading ? await prepared(root, native, targets) : NOTHING_PREPARED;
  err.write(lineList(told));
  out(lineList([FUZZ_HEADER]));
  const started = performance.now();
  const tallies: FuzzTally[] = [];
  const kept: KeptFinding[] = [];
  const chosen = { subject, version: packageOf(root).version, options: subjectChoice(options) };
  const part = {
    seed: seed + share.number * SEEDS_A_SHARD,
    milliseconds: time,
    jobs,
    corpus,
    native,
    jazzer,
  };
  await runFuzz({ root, targets, ...part, ...chosen }, (tally) => {
    tallies.push(tally);
    kept.push(...tally.findings.map((finding) => keepFinding(options.findings, finding)));
    out(lineList(tallyLines(tally)));
  });
  out(lineList([...findingLines(kept, subject), ...endLines(tallies, kept, performance.now() - started)]));
  return kept.length === 0 ? EXIT.conforms : EXIT.doesNotConform;
}

function subjectChoice({
  backendId,
  lacks,
  env,
}: FuzzOptions): Pick<ChosenSubject, 'backendId' | 'lacks' | 'env'> {
  return {
    ...(backendId === undefined ? {} : { backendId }),
    ...(lacks === undefined ? {} : { lacks }),
    ...(env === undefined ? {} : { env }),
  };
}

/** What guides readers here, and what is told of what does not. */
interface Prepared {
  readonly jazzer: string | null;
  readonly told: readonly VisibleText[];
}

const NOTHING_PREPARED: Prepared = { jazzer: null, told: [] };

/** Builds the readers in C++ that are wanted, and looks for what guides those in TypeScript. */
async function prepared(root: string, native: boolean, targets: readonly string[]): Promise<Prepared> {
  const found = await findJazzer(root);
  const jazzer = 'command' in found ? found.command : null;
  const unguided = 'reason' in found ? [visible`${TYPESCRIPT_ALONE}: ${found.reason}.`] : [];
  const twins = targets.filter((name) => name !== PROGRAM_TARGET && readerTarget(name).twin !== 'none');
  if (twins.length === 0) return { jazzer, told: unguided };
  if (!native)
    return {
      jazzer,
      told: [visible`The readers in C++ are left out, as --no-native asks for.`, ...unguided],
    };
  const { kind, reason } = await buildReaders(root);
  const left = kind === 'libFuzzer' ? [] : [visible`${LEFT_OUT[kind]}: ${reason}`];
  return { jazzer, told: [...left, ...unguided] };
}

const TYPESCRIPT_ALONE =
  'The readers in TypeScript are guided by the blocks that V8 counts, and not by libFuzzer';

const LEFT_OUT: Readonly<Record<Exclude<BuiltReaders['kind'], 'libFuzzer'>, string>> = {
  plain:
    'The readers in C++ are not guided, and have no sanitizers: they get the inputs of those in TypeScript',
  none: 'The readers in C++ are left out',
};

async function replay(root: string, options: FuzzOptions, { out }: Output): Promise<number> {
  const [name, other] = options.target ?? [];
  if (name === undefined || other !== undefined || name === PROGRAM_TARGET) {
    throw new UsageError(
      '--replay takes the one reader that is given the file: --target blob, for example. A program is replayed by run --case.',
    );
  }
  const file = options.replay ?? '';
  const input = readingFile(file, () => new Uint8Array(readPlainFile(file, MOST_INPUT)));
  const target = readerTarget(name);
  const { said, native, fault } = await replayInput(root, target, input);
  out(
    lineList([
      visible`TypeScript  ${said}`,
      ...(target.twin !== 'none'
        ? [visible`C++         ${native ?? 'was not built; trt-conformance build --fuzzers builds it'}`]
        : []),
      fault === null ? visible`Nothing is wrong with that.` : visible`${name}: ${fault}`,
    ]),
  );
  return fault === null ? EXIT.conforms : EXIT.doesNotConform;
}
