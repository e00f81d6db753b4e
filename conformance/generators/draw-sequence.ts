import { drawOptions } from './draw-options.js';
import {
  type GeneratedCase,
  type GeneratedEngine,
  type GeneratedEntry,
  type GeneratedStep,
  METHOD_NAMES,
  PLAIN_CASE,
} from './generated-case.js';
import type { Random } from './random.js';

/** Steps of a drawn sequence: so many at least, and so many more at most. */
const LEAST_STEPS = 3;
const MORE_STEPS = 10;

/** Maps that a sequence takes its options from, so that some are given again. */
const MAPS = 4;

/**
 * What a host could do next, by the methods that are loaded: mostly what makes sense then, now and
 * then what does not, such as an execution of a method that is not loaded.
 */
function drawStep(random: Random, loaded: Set<number>, method: number): GeneratedStep['op'] {
  if (random.chance(12)) return random.pick(['load', 'execute', 'unload'] as const);
  if (!loaded.has(method)) return 'load';
  return random.pick(['execute', 'unload', 'unload', 'load'] as const);
}

/** A step about an option of the process, mostly one that sets it. */
function drawOptionStep(random: Random): GeneratedStep['op'] {
  return random.chance(75) ? 'set-option' : 'get-option';
}

/**
 * A sequence of loads, executions and unloads of all methods of a program, with several maps; in
 * some of them budgets are changed between.
 */
export function drawSequence(
  random: Random,
  engines: readonly GeneratedEngine[],
): Omit<GeneratedCase, 'engines'> {
  const methods = Math.max(...engines.map(({ method }) => method)) + 1;
  const maps: (readonly GeneratedEntry[] | null)[] = [null];
  while (maps.length < MAPS) maps.push(drawOptions(random));
  const loaded = new Set<number>();
  const changes = random.chance(20);
  const count = LEAST_STEPS + random.below(MORE_STEPS + 1);
  const sequence = Array.from({ length: count }, (): GeneratedStep => {
    // Now and then one that the program may not have.
    const method = random.chance(4) ? random.below(METHOD_NAMES.length) : random.below(methods);
    const op = changes && random.chance(35) ? drawOptionStep(random) : drawStep(random, loaded, method);
    if (op === 'load') loaded.add(method);
    if (op === 'unload') loaded.delete(method);
    const takesMap = op === 'load' || op === 'set-option';
    return { op, method, options: takesMap ? random.pick(maps) : null };
  });
  const module = random.chance(15) ? { options: random.pick(maps) } : null;
  return { ...PLAIN_CASE, sequence, module, minimal: random.chance(15) };
}
