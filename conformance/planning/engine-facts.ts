import { createHash } from 'node:crypto';
import type { ByteRange } from '../../reference/index.js';
import type { Schemas } from '../spec/schemas.js';
import { nameToJson, type NameJson } from '../wire/json/json-bytes.js';
import type { EngineSizes, ProgramEngine, TellSizes } from './program-engines.js';

/** What a TensorRT told of engines (spec/schemas/engine-facts.schema.json). */
export interface EngineFactsFile {
  readonly version: 1;
  readonly tensorrt: string;
  readonly gpu: string | null;
  readonly simulated: boolean;
  readonly engines: readonly EngineFactsJson[];
}

interface EngineFactsJson {
  readonly engine: NameJson;
  readonly size: number;
  readonly sample: string;
  readonly streamable: string;
  readonly scratch: string;
  readonly activations: string;
}

/** What an engine tells of itself; bytes. */
export type ToldSizes = Pick<EngineSizes, 'streamable' | 'scratch' | 'activations'>;

const MIB = 2 ** 20;

/**
 * Tells plans apart without reading all of them: SHA-256, in hexadecimal, of the first and the last
 * MiB.
 */
export function sampleOf(plan: ByteRange): string {
  const hash = createHash('sha256');
  if (plan.size < 2 * MIB) return hash.update(plan.read()).digest('hex');
  return hash
    .update(plan.read(0, MIB))
    .update(plan.read(plan.size - MIB))
    .digest('hex');
}

/** The entry of an engine, of a plan that can be read. */
export function engineFacts(engine: ProgramEngine, plan: ByteRange, sizes: ToldSizes): EngineFactsJson {
  return {
    ...{ engine: nameToJson(engine.name), size: plan.size, sample: sampleOf(plan) },
    streamable: String(sizes.streamable),
    scratch: String(sizes.scratch),
    activations: String(sizes.activations),
  };
}

/**
 * Reads such a file.
 *
 * @throws DocumentError when it is not JSON or breaks its schema
 */
export function readEngineFacts(text: string, file: string, schemas: Schemas): EngineFactsFile {
  return schemas.parse('engine-facts', text, file) as EngineFactsFile;
}

/** Tells the sizes of the plans in such a file, in whichever program they are. */
export function toldSizes({ engines }: Pick<EngineFactsFile, 'engines'>): TellSizes {
  const lengths = new Set(engines.map(({ size }) => size));
  return (plan) => {
    if (!lengths.has(plan.size)) return null;
    const sample = sampleOf(plan);
    const found = engines.find((engine) => engine.size === plan.size && engine.sample === sample);
    if (found === undefined) return null;
    const { streamable, scratch, activations } = found;
    return {
      from: 'told',
      streamable: BigInt(streamable),
      scratch: BigInt(scratch),
      activations: BigInt(activations),
    };
  };
}
