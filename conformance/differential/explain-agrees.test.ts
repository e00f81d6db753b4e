import { describe, expect, it } from 'vitest';
import {
  BACKEND_ID,
  explainProgram,
  rulesUnder,
  runReference,
  Trace,
  UndefinedBehaviourError,
  type Explanation,
  type MethodExplanation,
  type Policy,
} from '../../reference/index.js';
import type { OptionsMap } from '../../reference/request/load-request.js';
import { ALL_CASES } from '../cases/all-cases.js';
import { drawBlock } from '../generators/blocks.js';
import { loadRequests } from '../generators/load-requests.js';
import { Random } from '../generators/random.js';
import { buildRequest } from '../model/build-request.js';
import { suiteRoot } from '../suite-root.js';
import { mutateProgram } from './mutate-program.js';
import { seedPrograms } from './seed-programs.js';

type Program = Extract<Explanation, { kind: 'program' }>;

/** What the reference and an explanation can both say of a load. */
interface Load {
  /** The clause by which it ends; null when it succeeds. */
  readonly clause: string | null;
  /** The last budget of each engine that is ready. */
  readonly applied: readonly (bigint | null)[];
}

const FREE = 2n ** 40n;

function referenceLoad(
  program: Uint8Array,
  method: string,
  options: OptionsMap | null,
  policy: Policy,
): Load {
  const trace = new Trace();
  try {
    const {
      program: file,
      steps,
      engines,
    } = runReference(
      {
        program,
        verification: 'internal-consistency',
        device: { totalBytes: FREE, freeBytes: FREE, faults: [] },
        module: null,
        steps: [{ op: 'load', method, options }],
      },
      { rules: rulesUnder(policy), trace },
    );
    const place = file.kind === 'ok' ? 'step' : 'program';
    const clause = trace.entries.find((entry) => entry.place.kind === place)?.clauses[0] ?? null;
    const loads = file.kind === 'ok' && steps[0]?.kind === 'ok';
    return { clause: loads ? null : clause, applied: engines.map(({ applied }) => applied) };
  } catch (error) {
    if (error instanceof UndefinedBehaviourError) return { clause: error.fault.clause, applied: [] };
    throw error;
  }
}

/** What hosts differ in, so that an explanation leaves it open. */
function isOpen({ delegates }: MethodExplanation): boolean {
  return delegates.some(
    ({ backend, blob }) =>
      (backend !== null && backend !== '' && backend !== BACKEND_ID) || blob?.engine.kind === 'unknown',
  );
}

/** How an explanation and the reference part on a method; null when they do not. */
function parting(explained: Program, method: MethodExplanation, load: Load): string | null {
  const errors = (list: MethodExplanation['findings']): string[] =>
    list.flatMap(({ level, clause }) => (level === 'error' ? [String(clause)] : []));
  const places = [explained.findings, method.findings, ...method.delegates.map(({ findings }) => findings)]
    .map(errors)
    .filter((found) => found.length > 0);
  const told = `${method.name}: explained ${places.join(' and ') || 'as sound'}, the reference says ${load.clause ?? 'ok'}`;
  if (load.clause === null) {
    if (places.length > 0) return told;
    const budgets = method.delegates.map(({ budget }) => {
      const effect = budget === null || !('effect' in budget) ? null : budget.effect;
      return effect?.kind === 'applied' ? effect.budget : effect?.kind === 'depends' ? 'depends' : null;
    });
    const differ = budgets.findIndex((each, at) => each !== 'depends' && each !== load.applied[at]);
    return differ < 0
      ? null
      : `${method.name}: budget ${differ} is ${String(budgets[differ])}, not ${String(load.applied[differ])}`;
  }
  return places.length === 1 && places[0]?.includes(load.clause) === true ? null : told;
}

/** How they part on a program, for each of its methods. */
function partings(program: Uint8Array, options: OptionsMap | null, policy: Policy): readonly string[] {
  const explained = explainProgram(program, options, { policy });
  if (explained.kind === 'unreadable') {
    const { clause } = referenceLoad(program, 'forward', options, policy);
    return clause === explained.fault.clause
      ? []
      : [`explained ${explained.fault.clause}, not ${String(clause)}`];
  }
  const names = explained.methods.map(({ name }) => name);
  return explained.methods.flatMap((method, at) => {
    if (isOpen(method) || names.indexOf(method.name) < at) return [];
    const found = parting(explained, method, referenceLoad(program, method.name, options, policy));
    return found === null ? [] : [found];
  });
}

const POLICIES = ['fitting', 'upstream'] as const;

describe('an explanation says of a load what the reference says', () => {
  it('of every written case', () => {
    const found = ALL_CASES.flatMap((one) => {
      const { program, steps, verification } = buildRequest(one.request);
      const [first] = steps;
      if (verification === 'minimal' || first?.op !== 'load') return [];
      return POLICIES.flatMap((policy) =>
        partings(program, first.options, policy).map((text) => `${one.id}: ${text}`),
      );
    });
    expect(found).toEqual([]);
  });

  it('of generated cases', () => {
    const requests = [1, 2, 3].flatMap((seed) => loadRequests(drawBlock(seed)));
    const found = requests.flatMap(({ program, steps: [first] }) =>
      first?.op === 'load' ? partings(program, first.options, 'upstream') : [],
    );
    expect(found).toEqual([]);
    expect(requests.length).toBeGreaterThan(700);
  });

  it('of stored programs, changed and unchanged', () => {
    const random = new Random(12);
    const seeds = seedPrograms(suiteRoot());
    const programs = seeds.flatMap((seed) => [
      seed.bytes,
      ...Array.from({ length: 12 }, () => mutateProgram(random, seed)),
    ]);
    const found = programs.flatMap((program, at) =>
      partings(program, null, POLICIES[at % 2] ?? 'fitting').map((text) => `program ${at}: ${text}`),
    );
    expect(found).toEqual([]);
    expect(programs.length).toBeGreaterThan(1000);
  });
});
