import {
  BACKEND_ID,
  BUDGET_KEY,
  type ByteRange,
  type ByteSource,
  decodeBlob,
  type ProgramFile,
  readProgram,
  type RecordedPlans,
} from '../../reference/index.js';
import type { Plan } from '../../reference/plan/plan.js';
import { readPlan } from '../../reference/plan/read-plan.js';
import { STOCK_KERNELS } from '../../reference/program/stock-kernels.js';
import { ReadingWork } from '../../reference/program/reading-work.js';
import { cText } from '../../reference/rules/c-string.js';

/** What an engine tells of the device memory that it takes; bytes. */
export interface EngineSizes {
  /** Who told it: the plan itself, a recording, or a TensorRT that was asked. */
  readonly from: 'scripted' | 'modelled' | 'recorded' | 'told';
  /** Weights that it can stream; 0 or less for an engine that cannot. */
  readonly streamable: bigint;
  /** What a context takes besides while weights are streamed. */
  readonly scratch: bigint;
  /** What a context takes in any case. */
  readonly activations: bigint;
}

/** An engine of a program: a delegate of TensorRT. */
export interface ProgramEngine {
  /** `METHOD/INDEX`, where INDEX counts the engines of the method. */
  readonly name: string;
  readonly method: string;
  /** Its place among all delegates of the method. */
  readonly delegate: number;
  /** The values of its budget compile specs; null when these cannot be read. */
  readonly budgets: readonly Uint8Array[] | null;
  /** Its plan; null when its data is not an engine blob. */
  readonly plan: ByteRange | null;
  /** The device that it runs on. */
  readonly device: number;
  /** Null when nobody here knows them. */
  readonly sizes: EngineSizes | null;
}

/** The engines of a program, in the order in which a host loads them. */
export interface ProgramEngines {
  readonly program: ProgramFile;
  readonly engines: readonly ProgramEngine[];
}

/** A file is no program. The message is a clause that says what is wrong. */
export class NoProgramError extends Error {
  override readonly name = 'NoProgramError';
}

/** Tells the sizes of an engine that is no scripted plan; null when it does not know them. */
export type TellSizes = (plan: ByteRange) => EngineSizes | null;

/**
 * Reads which engines a program has. Of several methods with one name the first counts, as a host
 * finds no other.
 *
 * @throws NoProgramError for what is not a program, ExhaustingProgramError for one that repeats
 * itself without end, and what the source throws.
 */
export function programEngines(source: ByteSource, tell: TellSizes): ProgramEngines {
  const work = new ReadingWork(source.size);
  const read = readProgram(source, 'internal-consistency', 'unknown', STOCK_KERNELS, work);
  if (!read.ok) throw new NoProgramError(read.fault.message);
  const { program } = read;
  const names = new Set<string>();
  const methods = program.methods.filter(({ name }) => !names.has(name) && names.add(name));
  const engines = methods.flatMap(({ name, delegates }) => {
    let count = 0;
    return delegates.flatMap(({ backend, data, compileSpecs }, delegate): ProgramEngine[] => {
      if (!backend.ok || backend.value !== BACKEND_ID) return [];
      const blob = data.ok ? decodeBlob(data.value) : null;
      const plan = blob?.ok === true ? blob.blob.engine : null;
      return [
        {
          name: `${name}/${count++}`,
          ...{ method: name, delegate, plan },
          budgets: compileSpecs.ok
            ? compileSpecs.value.flatMap(({ key, value }) => (cText(key) === BUDGET_KEY ? [value] : []))
            : null,
          device: blob?.ok === true ? blob.blob.deviceId : 0,
          sizes: plan === null ? null : sizesOf(plan, tell),
        },
      ];
    });
  });
  return { program, engines };
}

function sizesOf(engine: ByteRange, tell: TellSizes): EngineSizes | null {
  const decoded = readPlan(engine);
  if (decoded === null) return tell(engine);
  return decoded.ok ? planSizes(decoded.plan, decoded.plan.kind) : null;
}

/** The sizes of engines that were recorded. */
export function recordedSizes(recorded: RecordedPlans): TellSizes {
  return (engine) => {
    const plan = recorded(engine);
    return plan === null ? null : planSizes(plan, 'recorded');
  };
}

function planSizes({ streamable, scratch, activations }: Plan, from: EngineSizes['from']): EngineSizes {
  return { from, streamable, scratch, activations };
}
