/*
 * Plan: updates in place, such as of a key-value cache (WSB-LIFE-17).
 *
 * An engine has an input `x` and a cache, and outputs `y` and the updated cache, which aliases the
 * cache: it updates in place, so that a run after the first is refused where the last update is not
 * there. The method's own input and output are on the host, all tensors of the delegate on the
 * device unless the case is about that: `cache` is one that nobody but the engine writes.
 *
 * Boundaries: one execution, which finds no update and needs none, and two; a cache that the
 * program fills anew, and one that it copies to the host and back, where the update comes back,
 * too.
 */
import type { BlobAlias, MethodPlan, PlanBinding } from '../../reference/index.js';
import { metadata } from '../model/scenario/blob-change.js';
import { all, calls, leavesNothing, steps } from '../model/expectation.js';
import { clause, type ClauseCases } from '../model/scenario/clause.js';
import { CUDA, HOST, TO_DEVICE, TO_HOST } from '../model/scenario/planned.js';
import type { PlanScenario, Scenario, StepScenario } from '../model/scenario/scenario.js';
import { execute, input, load, output, unload } from '../model/scenario/vocabulary.js';

const SET_5 = 'deserialize, set 5, context';
const NOT_RUN = 'execute InvalidState';
const ALIAS: BlobAlias = { output: 'new', input: 'cache', kind: 'kv_cache_update' };

/** Tensors of a program: on the host `in`, `out` and `spare`, the others on the device. */
const TENSORS = ['in', 'out', 'spare', 'x', 'y', 'cache', 'other'] as const;
type Tensor = (typeof TENSORS)[number];
type Call = MethodPlan['calls'][number];

/** Bytes from one tensor to the next. */
const SLOT = 16;
const ON_HOST = 3;

/** Cases of the clause about updates in place. */
export const CACHES: readonly ClauseCases[] = [
  clause('WSB-LIFE-17')
    .control('an engine without aliases', { ...caching(run('cache', 'cache'), 2), ...plain() }, runs(2))
    .control('one tensor as input and as output', caching(run('cache', 'cache'), 2), runs(2))
    .violation('an output elsewhere on the device', caching(run('cache', 'other'), 2), runs(2))
    .violation('an output on the host', caching(run('cache', 'spare'), 4), runs(4))
    .violation('an alias of the user', caching(run('cache', 'other'), 2, 'user'), runs(2))
    .boundary('one execution', caching(run('cache', 'other'), 1), runs(1))
    .boundary('four executions', caching(run('cache', 'cache'), 4), runs(4))
    .boundary(
      'a cache that is filled anew',
      caching(`in>cache ${run('cache', 'other')}`, 3),
      all(
        steps('ok', 'ok', NOT_RUN, NOT_RUN),
        calls(`${SET_5}, enqueue, enqueue refused, enqueue refused`),
        leavesNothing(),
      ),
    )
    .boundary('an output that is filled anew', caching(`in>other ${run('cache', 'other')}`, 3), runs(3))
    .boundary(
      'copied to the host and back',
      caching(`spare>cache ${run('cache', 'other')} cache>spare`, 3),
      runs(3),
    )
    .boundary(
      'loaded anew in between',
      { ...caching(run('cache', 'other'), 0), steps: [load(), ...twice(), unload(), load(), ...twice()] },
      all(
        steps('ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok'),
        calls(`${SET_5}, enqueue, enqueue`, `${SET_5}, enqueue, enqueue`),
        leavesNothing(),
      ),
    ),
];

/** A call of the delegate, from the text of it that {@link callsOf} reads. */
function run(cache: Tensor, updated: Tensor): string {
  return `x+${cache}+y+${updated}`;
}

function twice(): StepScenario[] {
  return [execute(), execute()];
}

/** That many executions, all of which go well. */
function runs(count: number): ReturnType<typeof all> {
  const each = Array.from({ length: count }, () => 'ok');
  return all(steps('ok', ...each), calls([SET_5, ...each.map(() => 'enqueue')].join(', ')), leavesNothing());
}

/** An engine that updates its cache, in a program that does this, executed so often. */
function caching(program: string, count: number, kind = ALIAS.kind): Scenario {
  return {
    spec: '5',
    updatesInPlace: true,
    ...engine('cache', [{ ...ALIAS, kind }]),
    planned: programOf(program),
    steps: [load(), ...Array.from({ length: count }, () => execute())],
  };
}

/** An engine with the same tensors, none of which aliases another. */
function plain(): Pick<Scenario, 'bindings' | 'blob'> {
  return engine(null, []);
}

function engine(
  aliases: string | null,
  aliased_io: readonly BlobAlias[],
): Pick<Scenario, 'bindings' | 'blob'> {
  const bindings: PlanBinding[] = [
    input('x'),
    input('cache'),
    output('y'),
    output('new', [1n, 4n], { aliases }),
  ];
  const io_bindings = bindings.map(({ name, mode }) => {
    return { name, dtype: 'float16', shape: [1, 4], is_input: mode === 'input' };
  });
  const label = aliased_io.length === 0 ? 'no aliases' : aliased_io.map(({ kind }) => kind).join();
  return { bindings, blob: metadata(label, { io_bindings, aliased_io }) };
}

/** Copies of the input to the device and of the output back, around what a program does. */
function programOf(text: string): PlanScenario {
  const device = TENSORS.length - ON_HOST;
  return {
    label: text.replaceAll('>', ' to '),
    plan: () => ({
      arenas: [
        { bytes: BigInt(SLOT * ON_HOST), device: HOST },
        { bytes: BigInt(SLOT * device), device: CUDA },
      ],
      tensors: TENSORS.map((_, n) => {
        const arena = n < ON_HOST ? 0 : 1;
        return {
          shape: [1, 4],
          arena,
          offset: SLOT * (n - arena * ON_HOST),
          device: arena === 0 ? HOST : CUDA,
        };
      }),
      inputs: [TENSORS.indexOf('in')],
      outputs: [TENSORS.indexOf('out')],
      calls: callsOf(`in>x ${text} y>out`),
    }),
  };
}

/** Calls, each `from>to` for a copy or the arguments of the delegate joined by `+`. */
function callsOf(text: string): readonly Call[] {
  const indexOf = (name: string): number => TENSORS.findIndex((tensor) => tensor === name);
  return text.split(' ').map((call): Call => {
    const [from = '', to] = call.split('>');
    if (to === undefined) return { delegate: 0, args: from.split('+').map(indexOf) };
    const [source, target] = [indexOf(from), indexOf(to)];
    return { operator: source < ON_HOST ? TO_DEVICE : TO_HOST, args: [source, target, target] };
  });
}
