import type { DecodedBlob } from '../blob/decode-blob.js';
import type { Plan } from '../plan/plan.js';
import { error, type Finding } from './finding.js';

/** Names that a finding shows at most. */
const SHOWN = 4;

type Tensors = Pick<Plan, 'bindings'>['bindings'];

/**
 * What the metadata of a blob says of tensors and the engine does not. Without any names the order
 * is that of the tensors' own, and only aliases can be left out. Each is an error: a load ends with
 * one of them.
 */
export function judgeTensors(blob: DecodedBlob, { bindings }: Plan): readonly Finding[] {
  return [...(isNaming(blob) ? judgeNames(blob, bindings) : []), ...judgeAliases(blob, bindings)];
}

function isNaming({ inputs, outputs }: DecodedBlob): boolean {
  return inputs.length + outputs.length > 0;
}

function judgeNames({ inputs, outputs }: DecodedBlob, tensors: Tensors): readonly Finding[] {
  const named = [...inputs, ...outputs];
  const all = new Set(named);
  const modes = new Map([...tensors].reverse().map(({ name, mode }) => [name, mode]));
  const wrong = (names: readonly string[], mode: 'input' | 'output'): readonly string[] =>
    names.filter((name) => modes.has(name) && modes.get(name) !== mode);
  return [
    ...finding('WSB-BLOB-24', repeated(named), (names) => `the metadata names ${names} more than once`),
    ...finding(
      'WSB-BLOB-26',
      wrong(inputs, 'input'),
      (names) => `the metadata names ${names} as input, which the engine has as output`,
    ),
    ...finding(
      'WSB-BLOB-26',
      wrong(outputs, 'output'),
      (names) => `the metadata names ${names} as output, which the engine has as input`,
    ),
    ...finding(
      'WSB-BLOB-26',
      named.filter((name) => !modes.has(name)),
      (names) => `the metadata names ${names}, which the engine does not have`,
    ),
    ...finding(
      'WSB-BLOB-25',
      tensors.map(({ name }) => name).filter((name) => !all.has(name)),
      (names) => `the metadata does not name ${names} of the engine, so that it could never run`,
    ),
  ];
}

function judgeAliases({ aliases }: DecodedBlob, tensors: Tensors): readonly Finding[] {
  const named = new Set(aliases.map(({ output, input }) => pairText(output, input)));
  const own = tensors.flatMap(({ name, mode, aliases: over }) =>
    mode === 'input' || over === null ? [] : [pairText(name, over)],
  );
  const missing = own.filter((pair) => !named.has(pair));
  if (missing.length === 0) return [];
  return [
    error(
      'WSB-BLOB-27',
      `the engine writes ${shown(missing)}, which the metadata does not say, so that updates in place are lost`,
    ),
  ];
}

function pairText(output: string, input: string): string {
  return `${JSON.stringify(output)} over ${JSON.stringify(input)}`;
}

/** A finding about these tensors; none when there are none. */
function finding(
  clause: NonNullable<Finding['clause']>,
  names: readonly string[],
  message: (names: string) => string,
): readonly Finding[] {
  const texts = [...new Set(names)].map((name) => JSON.stringify(name));
  return texts.length === 0 ? [] : [error(clause, message(shown(texts)))];
}

/** Those of the names that stand there again. */
function repeated(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return names.filter((name) => seen.size === seen.add(name).size);
}

function shown(texts: readonly string[]): string {
  const more = texts.length > SHOWN ? ` and ${texts.length - SHOWN} more` : '';
  return `${texts.slice(0, SHOWN).join(', ')}${more}`;
}
