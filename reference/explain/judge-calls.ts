import type { DecodedBlob } from '../blob/decode-blob.js';
import { inferBindingNames, type BindingNames } from '../delegate/binding-names.js';
import type { Plan, PlanBinding } from '../plan/plan.js';
import type { MethodFile, ValueFile } from '../program/program-file.js';
import type { ReadingWork } from '../program/reading-work.js';
import { dataTypeName, scalarTypeName } from '../rules/element-type.js';
import { warning, type Finding } from './finding.js';

/** What a delegate is called with each time; null for a value that another may have replaced. */
export type DelegateCalls = readonly (readonly (ValueFile | null)[])[];

/**
 * The calls of each delegate of a method, by its index. A value that an instruction moves something
 * to is not what the file says any more.
 */
export function delegateCalls(
  { chains, values }: MethodFile,
  work: ReadingWork,
): ReadonlyMap<number, DelegateCalls> {
  const instructions = chains.flat();
  const moved = new Set(instructions.flatMap((each) => (each.kind === 'move' ? [each.to] : [])));
  const calls = new Map<number, (readonly (ValueFile | null)[])[]>();
  for (const each of instructions) {
    if (each.kind !== 'delegate') continue;
    work.take(each.args.length);
    const args = each.args.map((at) => (moved.has(at) ? null : (values[at] ?? null)));
    const known = calls.get(each.index) ?? [];
    known.push(args);
    calls.set(each.index, known);
  }
  return calls;
}

/**
 * What is wrong with the calls of a delegate, so that an execution ends with an error; of several
 * calls the first wrong one is told. Nothing is said of an engine that nobody knows, but for how
 * many tensors its metadata names.
 */
export function judgeCalls(calls: DelegateCalls, blob: DecodedBlob, plan: Plan | null): readonly Finding[] {
  const names = namesOf(blob, plan);
  if (names === null) return [];
  for (const args of calls) {
    const findings = judgeCall(args, names, plan);
    if (findings.length > 0) return findings;
  }
  return [];
}

function namesOf(blob: DecodedBlob, plan: Plan | null): BindingNames | null {
  if (blob.inputs.length + blob.outputs.length > 0) return blob;
  return plan === null ? null : inferBindingNames(plan.bindings);
}

function judgeCall(
  args: DelegateCalls[number],
  { inputs, outputs }: BindingNames,
  plan: Plan | null,
): readonly Finding[] {
  const names = [...inputs, ...outputs];
  if (args.length !== names.length) {
    return [
      warning(
        'WSB-LIFE-15',
        `the method calls it with ${counted(args.length, 'argument')}, and its engine has ${counted(names.length, 'tensor')}, so that executing it ends with InvalidArgument`,
      ),
    ];
  }
  const tensors = new Map(plan?.bindings.map((tensor) => [tensor.name, tensor]));
  for (const [n, name] of names.entries()) {
    const [value, tensor] = [args[n] ?? null, tensors.get(name)];
    const fault = value === null || tensor === undefined ? null : judgeArgument(value, tensor);
    if (fault !== null) return [fault];
  }
  return [];
}

/** What is wrong with an argument for a tensor of the engine; null when nothing is. */
function judgeArgument(value: ValueFile, tensor: PlanBinding): Finding | null {
  const what = `the method calls it with ${textOf(value)} for ${JSON.stringify(tensor.name)}`;
  const ends = 'so that executing it ends with InvalidArgument';
  if (value.kind !== 'tensor') return warning('WSB-LIFE-10', `${what}, ${ends}`);
  if (scalarTypeName(value.scalarType) !== dataTypeName(tensor.dtype)) {
    return warning('WSB-LIFE-16', `${what}, which is ${dataTypeName(tensor.dtype)} in the engine, ${ends}`);
  }
  if (tensor.mode === 'input' && isOutside(value, tensor)) {
    return warning('WSB-LIFE-10', `${what}, which is outside of the engine's profile, ${ends}`);
  }
  return null;
}

/** Whether no shape that the argument can have is one that the engine takes. */
function isOutside({ shape, dynamism }: ValueFile & { kind: 'tensor' }, tensor: PlanBinding): boolean {
  const { min, max } = tensor.profile ?? { min: tensor.shape, max: tensor.shape };
  if (shape.length !== min.length) return true;
  return shape.some((size, d) => {
    const [least, most] = [Number(min[d]), Number(max[d])];
    return least >= 0 && (size < least || (dynamism === 'static' && size > most));
  });
}

function textOf(value: ValueFile): string {
  if (value.kind !== 'tensor') return 'a value that is no tensor';
  return `${scalarTypeName(value.scalarType)}[${value.shape.join()}]`;
}

function counted(count: number, what: string): string {
  return `${count === 0 ? 'no' : count} ${what}${count === 1 ? '' : 's'}`;
}
