import { Command, Option } from 'commander';
import {
  ExhaustingProgramError,
  explainProgram,
  type Explanation,
  type Policy,
} from '../../reference/index.js';
import { lazyRecordedPlans } from '../oracle/lazy-recorded-plans.js';
import { bytesToJson } from '../wire/json/json-bytes.js';
import { EXIT } from '../run/conclusion.js';
import { explanationText } from './explanation-text.js';
import { collect, givenOptions, OPTION_TYPES, type OptionType, parseBytes } from './given-options.js';
import { type Output, UsageError } from './output.js';
import { hashProgress } from './hash-progress.js';
import { withProgramFile } from './read-program-file.js';
import { lineList, visibleJson, type VisibleText } from '../model/visible-text.js';

interface ExplainOptions {
  readonly option: readonly string[];
  readonly optionType: OptionType;
  readonly policy: Policy;
  readonly freeMemory?: bigint;
  readonly json?: true;
}

/** `trt-conformance explain FILE.pte`. */
export function explainCommand(root: string, output: Output, end: (code: number) => void): Command {
  return new Command('explain')
    .description(
      'Explain where the budget of each engine of a program comes from, and what is wrong with it.',
    )
    .argument('<file>', 'a program (.pte)')
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
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExample: trt-conformance explain model.pte --option weight_streaming_budget=8192',
    )
    .action((file: string, { option, optionType, policy, freeMemory, json }: ExplainOptions) => {
      const recordedPlan = lazyRecordedPlans(root, hashProgress(output));
      const { size, explanation } = withProgramFile(file, (program) => ({
        size: program.size,
        explanation: explained(program, givenOptions(option, optionType), {
          recordedPlan,
          policy,
          freeBytes: freeMemory ?? null,
        }),
      }));
      output.out(
        json === true ? explanationJson(file, explanation) : explanationText(file, size, explanation),
      );
      end(isSound(explanation) ? EXIT.conforms : EXIT.doesNotConform);
    });
}

/**
 * Explains what can be explained.
 *
 * @throws UsageError for a file that repeats itself so often that it cannot.
 */
function explained(...given: Parameters<typeof explainProgram>): Explanation {
  try {
    return explainProgram(...given);
  } catch (cause) {
    if (cause instanceof ExhaustingProgramError) throw new UsageError(cause.message, { cause });
    throw cause;
  }
}

/** Sizes and budgets as decimal strings, bytes as text or in hexadecimal. */
function explanationJson(file: string, explanation: Explanation): VisibleText {
  const replacer = (_: string, value: unknown): unknown => {
    if (typeof value === 'bigint') return String(value);
    return value instanceof Uint8Array ? bytesToJson(value) : value;
  };
  return lineList([visibleJson({ file, ...explanation }, replacer, 2)]);
}

/** Whether nothing in the program keeps it from loading. */
function isSound(explanation: Explanation): boolean {
  if (explanation.kind === 'unreadable') return false;
  const { methods, findings } = explanation;
  const all = [
    ...findings,
    ...methods.flatMap((method) => [
      ...method.findings,
      ...method.delegates.flatMap((delegate) => delegate.findings),
    ]),
  ];
  return all.every(({ level }) => level !== 'error');
}
