import {
  BACKEND_ID,
  BUDGET_KEY,
  type ByteRange,
  type ByteSource,
  type CompileSpec,
  type ProgramFile,
  readProgram,
  type RecordedPlans,
} from '../../reference/index.js';
import { ExplainedBlobs, NO_BLOB, type ExplainedBlob } from '../../reference/explain/explained-blobs.js';
import { ReadingWork } from '../../reference/program/reading-work.js';
import { STOCK_KERNELS } from '../../reference/program/stock-kernels.js';
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

/** Who knows the sizes of engines that do not tell them themselves: `told` goes first. */
export interface Knowledge {
  readonly recorded: RecordedPlans;
  readonly told?: TellSizes;
}

/**
 * Reads which engines a program has. Of several methods with one name the first counts, as a host
 * finds no other.
 *
 * @throws NoProgramError for what is not a program, ExhaustingProgramError for one that repeats
 * itself without end, and what the source throws.
 */
export function programEngines(source: ByteSource, { recorded, told }: Knowledge): ProgramEngines {
  const work = new ReadingWork(source.size);
  const read = readProgram(source, 'internal-consistency', 'unknown', STOCK_KERNELS, work);
  if (!read.ok) throw new NoProgramError(read.fault.message);
  const { program } = read;
  const blobs = new ExplainedBlobs(recorded, work);
  const sizes = new Map<ExplainedBlob, EngineSizes | null>();
  const sizesOf = (blob: ExplainedBlob): EngineSizes | null => {
    const known = sizes.get(blob);
    if (known !== undefined) return known;
    const found = sizesOfBlob(blob, told);
    sizes.set(blob, found);
    return found;
  };
  const names = new Set<string>();
  const methods = program.methods.filter(({ name }) => !names.has(name) && names.add(name));
  const engines = methods.flatMap(({ name, delegates }) => {
    const own = delegates
      .map((file, delegate) => ({ ...file, delegate }))
      .filter(({ backend }) => backend.ok && backend.value === BACKEND_ID);
    return own.map(({ data, compileSpecs, delegate }, index): ProgramEngine => {
      const blob = data.ok ? blobs.of(data.value) : NO_BLOB;
      return {
        ...{ name: `${name}/${index}`, method: name, delegate },
        plan: blob.blob?.engine ?? null,
        device: blob.blob?.deviceId ?? 0,
        budgets: compileSpecs.ok ? budgetValues(compileSpecs.value) : null,
        sizes: sizesOf(blob),
      };
    });
  });
  return { program, engines };
}

function budgetValues(specs: readonly CompileSpec[]): readonly Uint8Array[] {
  return specs.flatMap(({ key, value }) => (cText(key) === BUDGET_KEY ? [value] : []));
}

function sizesOfBlob({ blob, facts, plan }: ExplainedBlob, told?: TellSizes): EngineSizes | null {
  if (blob === null || facts === null) return null;
  const { kind } = facts.engine;
  if (kind !== 'scripted' && kind !== 'modelled') {
    const sizes = told?.(blob.engine) ?? null;
    if (sizes !== null) return sizes;
  }
  if (plan === null || kind === 'unknown') return null;
  const { streamable, scratch, activations } = plan;
  return { from: kind, streamable, scratch, activations };
}
