import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  encodeBlob,
  encodePlan,
  scriptedPlan,
  writeProgram,
  type PlanBinding,
} from '../../reference/index.js';
import { BACKEND, BUDGET } from '../model/names.js';
import { programSites } from './program-sites.js';
import { craftedPrograms } from './crafted-programs.js';
import type { Seed } from './mutate-program.js';

const FOLDERS = ['golden/programs', 'golden/exporter', 'golden/exporter/layouts'];
const MOST_BYTES = 16_384;

/** The small programs that are kept, and some with tensors. */
export function seedPrograms(root: string): readonly Seed[] {
  const kept = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith('.pte'))
      .sort()
      .map((file) => ({
        name: `${folder}/${file}`,
        bytes: new Uint8Array(readFileSync(join(root, folder, file))),
      })),
  );
  return [...kept, ...programsWithTensors(), ...craftedPrograms()].flatMap(seedOf);
}

/** A program as one to start from; none where it is large or damaged already. */
export function seedOf({ name, bytes }: Pick<Seed, 'name' | 'bytes'>): readonly Seed[] {
  const sites = bytes.length > MOST_BYTES ? null : sitesOf(bytes);
  return sites === null ? [] : [{ name, bytes, sites }];
}

/** Null for a program that is damaged already. */
function sitesOf(bytes: Uint8Array): Seed['sites'] | null {
  try {
    return programSites(bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function programsWithTensors(): Pick<Seed, 'name' | 'bytes'>[] {
  return [0, 1, 2, 3].flatMap((rank) =>
    (['inline', 'segment'] as const).map((placement) => {
      const shape = [2, 3, 4].slice(0, rank);
      const bindings = [binding('input.0', 'input', shape), binding('output.0', 'output', shape)];
      const data = encodeBlob({ engine: encodePlan(scriptedPlan({ bindings, streamable: 1024n })) });
      const tensors = [{ role: 'input', shape } as const, { role: 'output', shape } as const];
      const compileSpecs = [{ key: BUDGET, value: Uint8Array.of(0x37) }];
      const delegate = { backend: BACKEND, placement, data, compileSpecs, tensors };
      const methods = [
        { name: 'forward', delegates: [delegate] },
        { name: 'prefill', delegates: [delegate, delegate] },
      ];
      return { name: `tensors of rank ${rank}, ${placement}`, bytes: writeProgram({ methods }) };
    }),
  );
}

function binding(name: string, mode: PlanBinding['mode'], shape: readonly number[]): PlanBinding {
  const HALF = 1;
  return {
    name,
    mode,
    dtype: HALF,
    shape: shape.map(BigInt),
    shapeInference: false,
    profile: null,
    aliases: null,
  };
}
