import type { DecodedBlob } from '../blob/decode-blob.js';
import type { Plan } from '../plan/plan.js';
import { dataTypeName } from '../rules/element-type.js';
import { error, warning, type Finding } from './finding.js';

/** Names that a finding shows at most. */
const SHOWN = 4;

type Tensors = Pick<Plan, 'bindings'>['bindings'];

/**
 * What the metadata of a blob says of tensors and the engine does not. Without any names the order
 * is that of the tensors' own, and only aliases can be left out. Each is an error, since a load
 * ends with one of them, but for what no delegate goes by.
 */
export function judgeTensors(blob: DecodedBlob, { bindings }: Plan): readonly Finding[] {
  return [
    ...(isNaming(blob) ? judgeNames(blob, bindings) : []),
    ...judgeAliases(blob, bindings),
    ...judgeDescriptions(blob, bindings),
  ];
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

/** Types and shapes of the metadata that are not those of the engine (WSB-EXPORT-09). */
function judgeDescriptions({ described }: DecodedBlob, tensors: Tensors): readonly Finding[] {
  const known = new Map([...tensors].reverse().map((tensor) => [tensor.name, tensor]));
  const wrong = described.flatMap(({ name, dtype, shape }) => {
    const tensor = known.get(name);
    if (tensor === undefined) return [];
    const type = dataTypeName(tensor.dtype);
    const isSame = (dtype ?? type) === type && (shape === null || isShapeOf(shape, tensor.shape));
    const given = `${dtype === null ? '' : quoted(dtype)}${shape === null ? '' : shapeText(shape)}`;
    return isSame ? [] : [`${JSON.stringify(name)} is ${given}, which is ${type}[${tensor.shape.join()}]`];
  });
  if (wrong.length === 0) return [];
  return [warning('WSB-EXPORT-09', `the metadata says that ${shown(wrong)} in the engine`)];
}

/** Whether a shape of the metadata is the engine's; −1 stands for any size. */
function isShapeOf(shape: readonly number[], engine: readonly bigint[]): boolean {
  return (
    shape.length === engine.length &&
    shape.every((size, d) => size === -1 || engine[d] === -1n || size === Number(engine[d]))
  );
}

/** A type as it is, or quoted where it is none that can be known; a long one is cut. */
function quoted(dtype: string): string {
  if (/^\w{1,24}$/.test(dtype)) return dtype;
  return JSON.stringify(dtype.length > 24 ? `${dtype.slice(0, 24)}…` : dtype);
}

/** A shape of the metadata, of which no engine has more than 8 dimensions. */
function shapeText(shape: readonly number[]): string {
  return `[${shape.slice(0, 9).join()}${shape.length > 9 ? ',…' : ''}]`;
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
