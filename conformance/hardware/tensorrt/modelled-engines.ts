import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../../files/replace-file.js';
import { encodePlan, MemorySource, scriptedPlan } from '../../../reference/index.js';
import { bindingsOf, type EngineKind, weightBytes, type BuiltEngine, type EngineSet } from './engine-kind.js';

/** TensorRT rounds the weights of large layers up by this much in all. */
const ROUNDING = 256n;
const ROUNDED_FROM = 2n ** 21n;

/**
 * Stands for the engine builder where TensorRT is simulated: modelled plans with the sizes that
 * real engines of the same networks have (measured; golden/recorded).
 */
export function modelledEngines(folder: string): EngineSet {
  mkdirSync(folder, { recursive: true });
  return { build: (kinds) => Promise.resolve(kinds.map((kind) => write(folder, kind))) };
}

function write(folder: string, kind: EngineKind): BuiltEngine {
  const layer = weightBytes({ ...kind, layers: 1 });
  const streamable = kind.streaming ? weightBytes(kind) + (layer >= ROUNDED_FROM ? ROUNDING : 0n) : 0n;
  const plan = encodePlan(
    scriptedPlan({
      kind: 'modelled',
      streamable,
      // The two largest layers are held at a time.
      scratch: kind.streaming ? 2n * layer + ROUNDING : 0n,
      activations: 2n * BigInt(kind.batch) * BigInt(kind.dim) * 2n,
      bindings: bindingsOf(kind),
    }),
  );
  const file = join(folder, `${kind.name}.plan`);
  replaceFile(file, plan);
  return {
    kind,
    file,
    plan: new MemorySource(plan),
    streamable,
    sha256: createHash('sha256').update(plan).digest('hex'),
  };
}
