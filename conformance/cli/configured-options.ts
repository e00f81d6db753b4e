import { isAbsolute, relative, resolve } from 'node:path';
import { type Command, InvalidArgumentError, type Option } from 'commander';
import { visible, type VisibleText } from '../model/visible-text.js';
import type { Schemas } from '../spec/schemas.js';
import { UsageError } from './output.js';
import { type Config, type ConfigValue, readConfig } from './read-config.js';

/** Options of `run` that have no meaning in a file of options: they are about one run alone. */
const OF_ONE_RUN: readonly string[] = [
  ...[
    'exporter',
    'config',
    'resume',
    'shard',
    'case',
    'program',
    'option',
    'optionType',
    'method',
    'freeMemory',
    'json',
  ],
];

/** Options that say what a subject is. */
const OF_SUBJECT: readonly string[] = [
  ...['subject', 'backendId', 'lacks', 'env', 'policy', 'timeout', 'expectations'],
];

/** Options of which a run takes one: that of the command line takes the place of the other, too. */
const EITHER: readonly (readonly string[])[] = [['budget', 'time']];

/** Options whose values are paths. */
const PATHS: readonly string[] = [
  ...['filterFrom', 'changedSince', 'expectations', 'tensorrt', 'cudart', 'engines', 'report'],
];

/** The names that a file of options can have. */
export function configNames(command: Command): readonly string[] {
  const names = command.options.map((option) => option.attributeName());
  return [...new Set(names)].filter((name) => !OF_ONE_RUN.includes(name));
}

/**
 * Takes the options of a file for those that the command line does not give; see
 * spec/schemas/config.schema.json. Another subject on the command line comes without what the file
 * says of its own; a case or a program that is run alone takes only what the file says of the
 * subject.
 *
 * @returns what is said of it; nothing without a file
 * @throws UsageError when the file or an option in it is wrong.
 */
export function takeConfig(command: Command, schemas: Schemas): readonly VisibleText[] {
  const { config: given } = command.opts<{ config?: string | boolean }>();
  const config = readConfig(given === true ? undefined : given, configNames(command), schemas);
  if (config === null) return [];
  const taken = [...config.values.keys()].filter((name) => isTaken(command, config, name));
  for (const name of taken) take(command, config, name);
  const names = taken.length === 0 ? 'none, the command line gives all' : taken.join(', ');
  return [visible`Options of ${config.file}: ${names}`];
}

function isTaken(command: Command, { folder, values }: Config, name: string): boolean {
  const isGiven = (other: string): boolean => command.getOptionValueSource(other) === 'cli';
  if (isGiven(name)) return false;
  if (EITHER.some((group) => group.includes(name) && group.some(isGiven))) return false;
  const isOfSubject = OF_SUBJECT.includes(name);
  if ((isGiven('case') || isGiven('program')) && !isOfSubject) return false;
  const own = values.get('subject');
  if (!isOfSubject || !isGiven('subject') || typeof own !== 'string') return true;
  return [own, located(folder, 'subject', own)].includes(String(command.getOptionValue('subject')));
}

function take(command: Command, config: Config, name: string): void {
  const option = command.options.find((one) => one.attributeName() === name);
  const value = config.values.get(name);
  if (option === undefined || value === undefined || value === false) return;
  command.setOptionValueWithSource(
    name,
    value === true ? true : parsed(option, config, name, value),
    'config',
  );
}

/** A value as the command line would have given it. */
function parsed(
  option: Option,
  { file, folder }: Config,
  name: string,
  value: Exclude<ConfigValue, boolean>,
): unknown {
  const texts = (typeof value === 'object' ? value : [value]).map((one) =>
    located(folder, name, String(one)),
  );
  try {
    const { parseArg } = option;
    if (parseArg === undefined) return texts.at(-1);
    const none: unknown = Array.isArray(option.defaultValue) ? [] : undefined;
    return texts.reduce((before, text) => parseArg(text, before), none);
  } catch (cause) {
    if (!(cause instanceof InvalidArgumentError)) throw cause;
    throw new UsageError(visible`${file}: /${name}: ${cause.message}`, { cause });
  }
}

/** A value whose paths are relative to a folder, with paths relative to the current one. */
function located(folder: string, name: string, text: string): string {
  // Lists of expected failures name a subject letter by letter.
  if (resolve(folder) === process.cwd()) return text;
  if (PATHS.includes(name)) return pathFrom(folder, text);
  if (name === 'reporter') return text.replace(/(?<==).+/s, (file) => pathFrom(folder, file));
  if (name !== 'subject') return text;
  if (text.startsWith('so:')) return `so:${pathFrom(folder, text.slice('so:'.length))}`;
  // A word without a slash is looked for in the PATH, and what follows it is the program's own.
  return text.replace(
    /^exec:(?!\/)([^\s"'\\]*\/[^\s"'\\]*)/,
    (_, file: string) => `exec:./${pathFrom(folder, file)}`,
  );
}

function pathFrom(folder: string, path: string): string {
  if (isAbsolute(path) || path === '') return path;
  return relative(process.cwd(), resolve(folder, path)) || '.';
}
