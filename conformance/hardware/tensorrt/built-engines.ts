import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import pLimit from 'p-limit';
import { replaceFile } from '../../files/replace-file.js';
import { fileSource } from '../../files/file-source.js';
import { sha256OfSource } from '../../files/sha256-of-source.js';
import { SubjectError } from '../../model/subject-error.js';
import type { EngineKind, BuiltEngine, EngineSet } from './engine-kind.js';

/** More builders at a time only wait for each other: each maps the whole builder resource. */
const MOST_AT_ONCE = 8;
const MILLISECONDS = 540_000;
const SEED = '1';

/** What is kept beside a plan: of which network it is, for which machine, and its hash. */
interface Receipt {
  readonly made: string;
  readonly sha256: string;
  readonly streamable: string;
}

/**
 * Engines that native/engine-builder makes on this machine. A plan fits one TensorRT and one GPU
 * generation, so `machine` (both, as a text) is kept beside each; a plan in the folder that was
 * made for the same is used again.
 *
 * @param builder the executable
 * @param library the folder of libnvinfer and of its builder resource
 */
export function builtEngines(folder: string, builder: string, library: string, machine: string): EngineSet {
  mkdirSync(folder, { recursive: true });
  const made = new Map<string, Promise<BuiltEngine>>();
  const limit = pLimit(Math.min(MOST_AT_ONCE, availableParallelism()));
  const make = (kind: EngineKind): Promise<BuiltEngine> =>
    limit(() => keptEngine(folder, kind, machine) ?? build(folder, builder, library, kind, machine));
  const one = (kind: EngineKind): Promise<BuiltEngine> => {
    const engine = made.get(kind.name) ?? make(kind);
    made.set(kind.name, engine);
    return engine;
  };
  return { build: (kinds) => Promise.all(kinds.map(one)) };
}

const planFile = (folder: string, { name }: EngineKind): string => join(folder, `${name}.plan`);
const receiptFile = (folder: string, { name }: EngineKind): string => join(folder, `${name}.json`);
const madeText = ({ layers, dim, batch, streaming }: EngineKind, machine: string): string =>
  `${layers} layers of ${dim}, batch ${batch}, ${streaming ? 'streaming' : 'resident'}, seed ${SEED}, ${machine}`;

/**
 * The engine that an earlier run left; null when there is none of that network for this machine.
 */
function keptEngine(folder: string, kind: EngineKind, machine: string): BuiltEngine | null {
  const files = [planFile(folder, kind), receiptFile(folder, kind)] as const;
  if (!files.every((file) => existsSync(file))) return null;
  const receipt = readReceipt(files[1]);
  if (receipt === null) return null;
  const plan = fileSource(files[0]);
  const sha256 = sha256OfSource(plan);
  if (receipt.made !== madeText(kind, machine) || receipt.sha256 !== sha256) return null;
  return { kind, file: files[0], plan, sha256, streamable: BigInt(receipt.streamable) };
}

/** Null where a run that was cut short left half of one. */
function readReceipt(file: string): Receipt | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Receipt;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

async function build(
  folder: string,
  builder: string,
  library: string,
  kind: EngineKind,
  machine: string,
): Promise<BuiltEngine> {
  const file = planFile(folder, kind);
  const shape = ['--layers', String(kind.layers), '--dim', String(kind.dim), '--batch', String(kind.batch)];
  const rest = [...(kind.streaming ? ['--streaming'] : []), '--seed', SEED, '--output', file];
  const ended = await execa(builder, ['--tensorrt', library, ...shape, ...rest], {
    reject: false,
    timeout: MILLISECONDS,
  });
  if (ended.exitCode !== 0) {
    const how = ended.timedOut ? `did not end within ${MILLISECONDS / 1000} s` : ended.stderr.trim();
    throw new SubjectError(
      'missing',
      `The engine ${kind.name} cannot be built with the TensorRT in ${library}: ${how}. ` +
        'Building also needs libnvinfer_builder_resource, beside libnvinfer, and a GPU; native/engine-builder/README.md says more.',
    );
  }
  const { streamable } = JSON.parse(ended.stdout) as { readonly streamable: string };
  const plan = fileSource(file);
  const receipt: Receipt = { made: madeText(kind, machine), sha256: sha256OfSource(plan), streamable };
  replaceFile(receiptFile(folder, kind), `${JSON.stringify(receipt)}\n`);
  return { kind, file, plan, sha256: receipt.sha256, streamable: BigInt(streamable) };
}
