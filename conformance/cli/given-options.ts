import { visible } from '../model/visible-text.js';
import type { BackendOption, OptionsMap, OptionValue } from '../../reference/request/load-request.js';
import { BACKEND } from '../model/names.js';
import { UsageError } from './output.js';

/** A number of bytes from the command line. */
export function parseBytes(text: string): bigint {
  if (/^[0-9]{1,18}$/.test(text)) return BigInt(text);
  throw new UsageError(`--free-memory takes a number of bytes, not ${JSON.stringify(text)}.`);
}

/** An option that may be given again. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
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
  if (equals < 0) throw new UsageError(visible`The option ${text} is not of the form key=value.`);
  const key = text.slice(0, equals);
  if (UTF8.encode(key).length > KEY_BYTES)
    throw new UsageError(visible`The key ${key} has more than ${KEY_BYTES} bytes.`);
  return { key, value: givenValue(text.slice(equals + 1), type) };
}

function givenValue(text: string, type: OptionType): OptionValue {
  switch (type) {
    case 'string':
      return { type, bytes: UTF8.encode(text) };
    case 'int': {
      const value = /^-?\d{1,10}$/.test(text) ? Number(text) : NaN;
      if (value === (value | 0)) return { type, value };
      throw new UsageError(
        visible`${text} is not a 32-bit integer. Give larger sizes with --option-type string.`,
      );
    }
    case 'bool':
      if (text === 'true' || text === 'false') return { type, value: text === 'true' };
      throw new UsageError(visible`${text} is not a Boolean: give true or false.`);
  }
}
