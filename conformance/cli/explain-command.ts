import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { explainProgram, type Explanation, type Policy } from '../../reference/index.js';
import { loadRecordedPlans } from '../oracle/recorded.js';
import { bytesToJson } from '../wire/json/json-bytes.js';
import { loadSchemas } from '../spec/schemas.js';
import { recordedPlanLookup } from '../oracle/recorded-plans.js';
import { EXIT } from '../run/conclusion.js';
import { explanationText } from './explanation-text.js';
import { type Output, UsageError } from './output.js';
import type { BackendOption, OptionsMap, OptionValue } from '../../reference/request/load-request.js';
import { BACKEND } from '../model/names.js';
import { lineList, visibleJson, type VisibleText } from '../model/visible-text.js';

interface ExplainOptions {
  readonly option: readonly string[];
  readonly optionType: OptionType;
  readonly policy: Policy;
  readonly freeMemory?: bigint;
  readonly json?: true;
}

/** `trt-conformance explain FILE.pte`. */
export function explainCommand(root: string, { out }: Output, end: (code: number) => void): Command {
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
      byteCount,
    )
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExample: trt-conformance explain model.pte --option weight_streaming_budget=8192',
    )
    .action((file: string, { option, optionType, policy, freeMemory, json }: ExplainOptions) => {
      const bytes = readProgramFile(file);
      const recordedPlan = recordedPlanLookup(loadRecordedPlans(root, loadSchemas(root)));
      const explanation = explainProgram(bytes, givenOptions(option, optionType), {
        recordedPlan,
        policy,
        freeBytes: freeMemory ?? null,
      });
      out(
        json === true ? explanationJson(file, explanation) : explanationText(file, bytes.length, explanation),
      );
      end(isSound(explanation) ? EXIT.conforms : EXIT.doesNotConform);
    });
}

function byteCount(text: string): bigint {
  if (/^[0-9]+$/.test(text)) return BigInt(text);
  throw new UsageError(`--free-memory takes a number of bytes, not ${text}.`);
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function readProgramFile(file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new UsageError(`The file ${file} cannot be read (${why}).`, { cause });
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

/** The types that an option of the command line can have. */
export const OPTION_TYPES = ['string', 'int', 'bool'] as const;

/** One of {@link OPTION_TYPES}. */
export type OptionType = (typeof OPTION_TYPES)[number];

const KEY_BYTES = 63;
const UTF8 = new TextEncoder();

/**
 * The options map that `key=value` arguments stand for: options of the TensorRT backend, set one by
 * one. Null when there are none.
 *
 * @throws UsageError for an argument without `=`, a key above 63 bytes, or a value that is not of
 * the type.
 */
export function givenOptions(texts: readonly string[], type: OptionType): OptionsMap | null {
  if (texts.length === 0) return null;
  return [{ backend: BACKEND, via: 'builder', options: texts.map((text) => givenOption(text, type)) }];
}

function givenOption(text: string, type: OptionType): BackendOption {
  const equals = text.indexOf('=');
  if (equals < 0) throw new UsageError(`The option ${text} is not of the form key=value.`);
  const key = text.slice(0, equals);
  if (UTF8.encode(key).length > KEY_BYTES)
    throw new UsageError(`The key ${key} has more than ${KEY_BYTES} bytes.`);
  return { key, value: givenValue(text.slice(equals + 1), type) };
}

function givenValue(text: string, type: OptionType): OptionValue {
  switch (type) {
    case 'string':
      return { type, bytes: UTF8.encode(text) };
    case 'int': {
      const value = /^-?\d{1,10}$/.test(text) ? Number(text) : NaN;
      if (value === (value | 0)) return { type, value };
      throw new UsageError(`${text} is not a 32-bit integer.`);
    }
    case 'bool':
      if (text === 'true' || text === 'false') return { type, value: text === 'true' };
      throw new UsageError(`${text} is not a Boolean: give true or false.`);
  }
}
