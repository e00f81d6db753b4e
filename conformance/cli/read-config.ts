import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { distance } from 'fastest-levenshtein';
import { visible } from '../model/visible-text.js';
import type { Schemas } from '../spec/schemas.js';
import { UsageError } from './output.js';
import { readUserText } from './read-user-text.js';

/** The file that is read where none is named: in the current folder. */
export const CONFIG_FILE = 'trt-conformance.config.json';

/** Bytes of it at most. */
const MOST_BYTES = 64 << 10;

/** Letters by which a wrong name may differ from the one that was meant. */
const MOST_LETTERS = 3;

/** What an option can be in the file. */
export type ConfigValue = string | number | boolean | readonly string[];

/** Options of `run` from a file. */
export interface Config {
  readonly file: string;
  /** The folder that its paths are relative to. */
  readonly folder: string;
  readonly values: ReadonlyMap<string, ConfigValue>;
}

/**
 * The options of the file that is given, or of the one in the current folder; null where there is
 * none, or none is wanted (`given` false).
 *
 * @param names of the options that it can have
 * @throws UsageError when it cannot be read, is no JSON object, has a name twice or one that there
 * is not, or a value that breaks spec/schemas/config.schema.json.
 */
export function readConfig(
  given: string | false | undefined,
  names: readonly string[],
  schemas: Schemas,
): Config | null {
  if (given === false || (given === undefined && !existsSync(CONFIG_FILE))) return null;
  const file = given ?? CONFIG_FILE;
  const text = readUserText(file, { what: 'The options in', most: MOST_BYTES }).replace(/^\ufeff/, '');
  const value = parsed(text, file);
  const [twice] = repeatedNames(text);
  if (twice !== undefined) throw new UsageError(visible`${file}: ${twice} stands there twice.`);
  const unknown = Object.keys(value).find((name) => name !== '$schema' && !names.includes(name));
  if (unknown !== undefined) throw new UsageError(visible`${file}: ${unknownText(unknown, names)}`);
  const [fault] = schemas.faults('config', value);
  if (fault !== undefined) throw new UsageError(visible`${file}: ${fault}.`);
  const values = Object.entries(value).filter(([name]) => name !== '$schema');
  return { file, folder: dirname(file), values: new Map(values as [string, ConfigValue][]) };
}

function parsed(text: string, file: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(visible`${file} is not JSON: ${why}`, { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new UsageError(visible`${file} is not an object with options, such as {"seed": 7}.`);
}

/** A text, or a character of the structure, of JSON that was parsed already. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:]/gs;

/** Names that the outermost object has more than once: only the last would count. */
function repeatedNames(text: string): readonly string[] {
  const tokens = text.match(TOKEN) ?? [];
  const seen = new Set<string>();
  const twice: string[] = [];
  let depth = 0;
  for (const [at, token] of tokens.entries()) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (depth === 1 && token !== ':' && tokens[at + 1] === ':') {
      const name = JSON.parse(token) as string;
      if (seen.has(name)) twice.push(name);
      seen.add(name);
    }
  }
  return twice;
}

function unknownText(name: string, names: readonly string[]): string {
  const told = `there is no option ${JSON.stringify(name)}`;
  const plain = (text: string): string => text.toLowerCase().replaceAll('-', '');
  const near = names
    .map((known) => [known, distance(plain(name.slice(0, 64)), plain(known))] as const)
    .filter(([, letters]) => letters <= MOST_LETTERS)
    .sort(([, a], [, b]) => a - b);
  const [meant] = near[0] ?? [];
  return meant === undefined ? `${told}. There are: ${names.join(', ')}.` : `${told}. Did you mean ${meant}?`;
}
