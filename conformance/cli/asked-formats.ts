import { InvalidArgumentError } from 'commander';
import { FORMAT_NAMES, type FormatName } from '../report/formats/formats.js';
import type { AskedFormat } from '../report/formats/format-reporter.js';
import { visibleLine } from '../model/visible-text.js';

/**
 * Adds what `--reporter NAME` or `--reporter NAME=FILE` asks for.
 *
 * @throws InvalidArgumentError for a format that there is not, a file without a name, and a format
 * given twice.
 */
export function collectFormats(text: string, before: readonly AskedFormat[]): readonly AskedFormat[] {
  const at = text.indexOf('=');
  const [name, file] = at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
  if (!isFormat(name)) {
    throw new InvalidArgumentError(
      `There is no format ${visibleLine(name)}: give ${FORMAT_NAMES.join(', ')}, such as junit=results.xml.`,
    );
  }
  if (file === '') throw new InvalidArgumentError(`No file is named behind ${name}=.`);
  if (before.some((asked) => asked.name === name && asked.file === file)) {
    throw new InvalidArgumentError('It is given twice.');
  }
  return [...before, { name, file }];
}

/** Whether a word is the name of a format. */
export function isFormat(name: string): name is FormatName {
  return (FORMAT_NAMES as readonly string[]).includes(name);
}
