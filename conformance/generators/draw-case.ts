import { BUDGET } from '../model/names.js';
import { DRAWN_CALLS } from '../../reference/request/load-request.js';
import { FREE_BYTES, KEYS, ODD_AUTOMATICS, SIZES } from './domain.js';
import { drawOptions } from './draw-options.js';
import { drawText } from './draw-text.js';
import { drawSequence } from './draw-sequence.js';
import { METHOD_NAMES, SCRIPTS, TROUBLES } from './generated-case.js';
import type { GeneratedCase, GeneratedEngine, GeneratedSpec } from './generated-case.js';
import type { Random } from './random.js';
import { tensorIo } from './tensor-ios.js';

const NO_SPECS: readonly GeneratedSpec[] = [];
const ACCEPTED: readonly boolean[] = [];
const REFUSALS: readonly (readonly boolean[])[] = [
  [false],
  [false, false],
  [true, false],
  [false, false, false],
];
const FOREIGN_KEYS = KEYS.filter((key) => key !== BUDGET);
const AMPLE = 2n ** 40n;

/**
 * Cases that share their engines, because a program costs more to write than to load once more in
 * another way: the first passes no options, the others do.
 */
const FAMILY = 4;

/**
 * `count` cases, drawn fast: no arbitraries, and as few allocations as the cases themselves need.
 */
export function drawCases(random: Random, count: number): GeneratedCase[] {
  let tight = false;
  let sequences = false;
  let engines: readonly GeneratedEngine[] = [];
  return Array.from({ length: count }, (_, at) => {
    if (at % FAMILY === 0) {
      tight = random.chance(6);
      engines = drawEngines(random, tight);
      // Sequences are of families of their own, so that others stay short.
      sequences = random.chance(5);
    }
    if (sequences) return { engines, ...drawSequence(random, engines) };
    const load = drawLoad(random, tight, at % FAMILY !== 0);
    // Tensors are there to be executed with.
    const executes = load.script === 'load' && engines.some(({ io }) => io !== null);
    return { engines, ...load, ...(executes ? { script: 'execute' } : {}) };
  });
}

function drawLoad(random: Random, tight: boolean, withOptions: boolean): Omit<GeneratedCase, 'engines'> {
  return {
    options: withOptions ? drawOptions(random) : null,
    module: random.chance(12) ? { options: drawOptions(random) } : null,
    script: random.chance(80) ? 'load' : random.pick(SCRIPTS),
    sequence: null,
    fault: random.chance(3) ? { call: random.pick(DRAWN_CALLS), occurrence: 1 + random.below(4) } : null,
    free: tight ? random.pick(FREE_BYTES) : AMPLE,
    minimal: random.chance(15),
  };
}

function drawEngines(random: Random, tight: boolean): GeneratedEngine[] {
  const kind = random.below(100);
  const count = kind < 58 ? 1 : kind < 80 ? 2 : kind < 90 ? 3 : 4 + random.below(5);
  const methods = random.chance(14) ? 2 + random.below(METHOD_NAMES.length - 1) : 1;
  const most = methods === 3 ? Math.max(count, 3) : count;
  return Array.from({ length: most }, () => drawEngine(random, methods, tight));
}

function drawEngine(random: Random, methods: number, tight: boolean): GeneratedEngine {
  const specs = drawSpecs(random);
  const streamable = drawStreamable(random);
  const automatic = drawAutomatic(random);
  return {
    specs,
    streamable,
    automatic,
    answers: random.chance(18) ? random.pick(REFUSALS) : ACCEPTED,
    trouble: random.chance(7) ? random.pick(TROUBLES) : 'none',
    method: random.below(methods),
    inline: random.chance(30),
    modelled: tight,
    io: tensorIo(streamable, automatic),
  };
}

function drawSpecs(random: Random): readonly GeneratedSpec[] {
  const kind = random.below(100);
  if (kind < 35) return NO_SPECS;
  const spec = { key: BUDGET, value: drawText(random) };
  if (kind < 75) return [spec];
  if (kind < 84) return [spec, { key: BUDGET, value: random.chance(50) ? spec.value : drawText(random) }];
  const foreign = { key: random.pick(FOREIGN_KEYS), value: drawText(random) };
  if (kind < 90) return [foreign, spec];
  return kind < 95 ? [spec, foreign] : [foreign];
}

function drawStreamable(random: Random): bigint {
  if (random.chance(15)) return 0n;
  if (random.chance(2)) return -1n - BigInt(random.below(1000));
  return random.chance(60) ? random.pick(SIZES) : BigInt(random.below(4096));
}

function drawAutomatic(random: Random): bigint {
  if (random.chance(15)) return random.pick(ODD_AUTOMATICS);
  return random.chance(50) ? random.pick(SIZES) : BigInt(random.below(4096));
}
