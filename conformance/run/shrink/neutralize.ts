import type { GeneratedCase, GeneratedEngine, GeneratedEntry } from '../../generators/generated-case.js';

const AMPLE = 2n ** 40n;
const STREAMABLE = 1024n;
const AUTOMATIC = 512n;

/**
 * The case with everything that its failure does not need put to its ordinary value: what is left
 * out of the ordinary is what the fault is about. `fails` says whether a candidate still fails.
 */
export async function neutralize(
  generated: GeneratedCase,
  fails: (candidate: GeneratedCase) => Promise<boolean>,
): Promise<GeneratedCase> {
  let kept = generated;
  // Taking a part away moves the places of the parts behind it, so the candidates are made anew
  // after each.
  for (let next = candidatesOf(kept), at = 0; at < next.length; at++) {
    const candidate = next[at];
    if (candidate === undefined || !(await fails(candidate))) continue;
    kept = candidate;
    next = candidatesOf(kept);
    at = -1;
  }
  return kept;
}

/** Every case that is ordinary in one more way, the largest steps first. */
function candidatesOf(generated: GeneratedCase): GeneratedCase[] {
  const { engines, options } = generated;
  const fewer = engines.length > 1 ? without(engines).map((left) => ({ ...generated, engines: left })) : [];
  const plainer = Object.entries(ORDINARY_CASE)
    .filter(([key, value]) => !same(generated[key as keyof typeof ORDINARY_CASE], value))
    .map(([key, value]) => ({ ...generated, [key]: value }));
  const fewerOptions = (options ?? []).flatMap((entry, at) => [
    ...(options === null ? [] : [{ ...generated, options: options.filter((_, index) => index !== at) }]),
    ...without(entry.options).map((left) => withEntry(generated, at, { ...entry, options: left })),
  ]);
  return [
    ...fewer,
    ...plainer,
    ...stepCandidates(generated),
    ...engines.flatMap((_, at) => engineCandidates(generated, at)),
    ...fewerOptions,
  ];
}

/** Sequences with one step less, and with less in one. */
function stepCandidates(generated: GeneratedCase): GeneratedCase[] {
  const { sequence } = generated;
  if (sequence === null) return [];
  const less = sequence.length > 1 ? without(sequence) : [];
  const plainer = sequence.flatMap((step, at) =>
    step.options === null
      ? []
      : [sequence.map((one, index) => (index === at ? { ...one, options: null } : one))],
  );
  return [...less, ...plainer].map((steps) => ({ ...generated, sequence: steps }));
}

function engineCandidates(generated: GeneratedCase, at: number): GeneratedCase[] {
  const engine = generated.engines[at];
  if (engine === undefined) return [];
  const changes: Partial<GeneratedEngine>[] = [
    ...Object.entries(ORDINARY_ENGINE)
      .filter(([key, value]) => !same(engine[key as keyof GeneratedEngine], value))
      .map(([key, value]) => ({ [key]: value })),
    ...(engine.specs.length > 1 ? without(engine.specs).map((specs) => ({ specs })) : []),
  ];
  return changes.map((change) => withEngine(generated, at, { ...engine, ...change }));
}

const ORDINARY_CASE = {
  module: null,
  script: 'load',
  sequence: null,
  fault: null,
  free: AMPLE,
  minimal: false,
  options: null,
} as const satisfies Omit<GeneratedCase, 'engines'>;

const ORDINARY_ENGINE = {
  trouble: 'none',
  io: null,
  modelled: false,
  method: 0,
  inline: false,
  answers: [],
  streamable: STREAMABLE,
  automatic: AUTOMATIC,
  specs: [],
} as const satisfies GeneratedEngine;

function same(a: unknown, b: unknown): boolean {
  return a === b || (Array.isArray(a) && Array.isArray(b) && a.length === 0 && b.length === 0);
}

/** The list less each of its items in turn, the last first. */
function without<T>(list: readonly T[]): T[][] {
  return list.map((_, at) => list.filter((_item, index) => index !== list.length - 1 - at));
}

function withEngine(generated: GeneratedCase, at: number, engine: GeneratedEngine): GeneratedCase {
  return { ...generated, engines: generated.engines.map((each, index) => (index === at ? engine : each)) };
}

function withEntry(generated: GeneratedCase, at: number, entry: GeneratedEntry): GeneratedCase {
  const options = generated.options?.map((each, index) => (index === at ? entry : each)) ?? null;
  return { ...generated, options };
}

/** The case with engines that all deserialize and get their context. */
export function withoutTrouble(generated: GeneratedCase): GeneratedCase {
  return {
    ...generated,
    engines: generated.engines.map((engine) => ({ ...engine, trouble: 'none' as const })),
  };
}
