import { Command, Option } from 'commander';
import {
  ExhaustingProgramError,
  explainProgram,
  type Explanation,
  type Policy,
} from '../../reference/index.js';
import { lazyRecordedPlans } from '../oracle/lazy-recorded-plans.js';
import { bytesToJson } from '../wire/json/json-bytes.js';
import { EXIT } from '../run/exit-code.js';
import { filesBelow, isFolder } from '../files/files-below.js';
import type { PlainFile } from '../files/plain-file.js';
import { spooledInput, STANDARD_INPUT } from '../files/spooled-input.js';
import { countText } from '../model/count-text.js';
import { packageOf } from '../package-of.js';
import { loadClauses } from '../spec/load-clauses.js';
import { type ExplainedFile, explanationSarif } from './explanation-sarif.js';
import { explainedFindings } from './explained-findings.js';
import { explanationText } from './explanation-text.js';
import { collect, givenOptions, OPTION_TYPES, type OptionType, parseBytes } from './given-options.js';
import { type Output, UsageError } from './output.js';
import { hashProgress } from './byte-progress.js';
import { readingFile, withProgramFile } from './read-program-file.js';
import { lineList, together, visible, visibleJson, type VisibleText } from '../model/visible-text.js';

interface ExplainOptions {
  readonly option: readonly string[];
  readonly optionType: OptionType;
  readonly policy: Policy;
  readonly freeMemory?: bigint;
  readonly json?: true;
  readonly sarif?: true;
}

/** `trt-conformance explain FILE.pte…`. */
export function explainCommand(root: string, output: Output, end: (code: number) => void): Command {
  return new Command('explain')
    .argument('<files...>', 'programs (.pte), and folders with some; - is standard input')
    .option('--option <key=value>', 'a load-time option; may be given again', collect, [])
    .addOption(
      new Option('--option-type <type>', 'type of the options').choices(OPTION_TYPES).default('string'),
    )
    .addOption(
      new Option(
        '--policy <policy>',
        'who chooses automatic budgets: the delegate, as our own does by default, or TensorRT',
      )
        .choices(['fitting', 'upstream'])
        .default('fitting'),
    )
    .option(
      '--free-memory <bytes>',
      'bytes of device memory that are free when an engine is loaded, for automatic budgets',
      parseBytes,
    )
    .option('--json', 'as JSON: an object, or a list of them for several programs')
    .addOption(new Option('--sarif', 'what was found, as SARIF 2.1.0').conflicts('json'))
    .addHelpText(
      'after',
      '\nExample: trt-conformance explain model.pte --option weight_streaming_budget=8192',
    )
    .action((given: readonly string[], options: ExplainOptions) => {
      const recordedPlan = lazyRecordedPlans(root, hashProgress(output));
      const { option, optionType, policy, freeMemory } = options;
      const explain = (program: PlainFile, file: string): Explained => ({
        file,
        size: program.size,
        explanation: explainedProgram(program, givenOptions(option, optionType), {
          recordedPlan,
          policy,
          freeBytes: freeMemory ?? null,
        }),
      });
      const explained = programFiles(given).map((file) =>
        file === INPUT
          ? withProgramFile(STANDARD_INPUT, (program) => explain(program, STANDARD_INPUT), spooledInput)
          : withProgramFile(file, (program) => explain(program, file)),
      );
      output.out(toldAs(options, explained, root));
      end(explained.every(({ explanation }) => isSound(explanation)) ? EXIT.conforms : EXIT.doesNotConform);
    });
}

/** The argument that stands for standard input. */
const INPUT = '-';

interface Explained extends ExplainedFile {
  /** Bytes of the file. */
  readonly size: number;
}

/**
 * The programs that are meant, each once, in the order in which they were given.
 *
 * @throws UsageError for a folder without one
 */
function programFiles(given: readonly string[]): readonly string[] {
  const files = given.flatMap((path) => {
    if (path === INPUT || !isFolder(path)) return [path];
    const found = readingFile(path, () => filesBelow(path, '.pte'));
    if (found.length === 0) throw new UsageError(visible`There is no program (.pte) below ${path}.`);
    return found;
  });
  return [...new Set(files)];
}

function toldAs({ json, sarif }: ExplainOptions, explained: readonly Explained[], root: string): VisibleText {
  if (sarif === true) return explanationSarif(explained, loadClauses(root), packageOf(root).version);
  const [first, ...more] = explained;
  if (json === true) return explanationsJson(first !== undefined && more.length === 0 ? first : explained);
  const texts = explained.map(({ file, size, explanation }) => explanationText(file, size, explanation));
  if (more.length === 0) return together(...texts);
  const wrong = explained.filter(({ explanation }) => !isSound(explanation)).length;
  const counted = visible`${countText(explained.length)} programs, ${wrong === 0 ? 'none' : countText(wrong)} with an error`;
  return together(...texts.flatMap((text) => [text, lineList([visible``])]), lineList([counted]));
}

/**
 * Explains what can be explained.
 *
 * @throws UsageError for a file that repeats itself so often that it cannot.
 */
function explainedProgram(...given: Parameters<typeof explainProgram>): Explanation {
  try {
    return explainProgram(...given);
  } catch (cause) {
    if (cause instanceof ExhaustingProgramError) throw new UsageError(cause.message, { cause });
    throw cause;
  }
}

/** Sizes and budgets as decimal strings, bytes as text or in hexadecimal. */
function explanationsJson(explained: Explained | readonly Explained[]): VisibleText {
  const replacer = (_: string, value: unknown): unknown => {
    if (typeof value === 'bigint') return String(value);
    return value instanceof Uint8Array ? bytesToJson(value) : value;
  };
  const member = ({ file, explanation }: Explained): object => ({ file, ...explanation });
  const told = 'file' in explained ? member(explained) : explained.map(member);
  return lineList([visibleJson(told, replacer, 2)]);
}

/** Whether nothing in the program keeps it from loading. */
function isSound(explanation: Explanation): boolean {
  return explainedFindings(explanation).every(({ finding }) => finding.level !== 'error');
}
