/*
 * Plan: the same request on several threads at once (WSB-LIFE-18).
 *
 * A thread that takes what another one decided shows it only where the two decide differently, so
 * that each request has several budgets: of methods, of engines, of the options of loads. Whose
 * turn is next follows from a seed, and no single one meets every mistake: the violations come with
 * several.
 *
 * All budgets are given. A delegate that makes room for an automatic one holds a lock meanwhile, so
 * that nothing could come between.
 */
import { all, applies, calls, leavesNothing, steps } from '../model/expectation.js';
import { clause, type ClauseCases } from '../model/scenario/clause.js';
import type { Scenario } from '../model/scenario/scenario.js';
import { execute, loadMethod, unload } from '../model/scenario/vocabulary.js';

/** So many threads, whose turns follow from the seed. */
const threads = (count: number, seed: number): Pick<Scenario, 'threads'> => ({ threads: { count, seed } });

/** Methods of three budgets, one of them above the 1,024 bytes of its engine. */
const METHODS: Scenario = { methods: { a: [{ spec: '1' }], b: [{ spec: '300' }], c: [{ spec: '2000' }] } };
const ENGINES: Scenario = { engines: [{ spec: '2' }, { spec: '0' }, { spec: '700' }] };
/** One method, loaded with one option after another. */
const OPTIONS: Scenario = {
  steps: [loadMethod('forward', '7'), loadMethod('forward', '900'), loadMethod('forward', '8')],
};
const REJECTED: Scenario = { methods: { a: [{ spec: '1' }], bad: [{ spec: '5x' }], c: [{ spec: '9' }] } };
/** Methods that come and go. */
const LIVES: Scenario = {
  methods: { a: [{ spec: '1' }], b: [{ spec: '300' }] },
  steps: [loadMethod('a'), execute('a'), loadMethod('b'), unload('a'), execute('b'), unload('b')],
};
const lived = (budget: number): string => `deserialize, set ${budget}, context, enqueue`;

/** Cases of the clause about threads. */
export const THREADS: readonly ClauseCases[] = [
  clause('WSB-LIFE-18')
    .control('two threads, one budget', { spec: '5', ...threads(2, 1) }, applies(5n))
    .violation('methods, seed 1', { ...METHODS, ...threads(3, 1) }, applies(1n, 300n, 1024n))
    .violation('methods, seed 2', { ...METHODS, ...threads(3, 2) }, applies(1n, 300n, 1024n))
    .violation('engines, seed 3', { ...ENGINES, ...threads(3, 3) }, applies(2n, 0n, 700n))
    .violation('engines, seed 4', { ...ENGINES, ...threads(3, 4) }, applies(2n, 0n, 700n))
    .violation('options, seed 5', { ...OPTIONS, ...threads(3, 5) }, applies(7n, 900n, 8n))
    .boundary('eight threads', { ...METHODS, ...threads(8, 6) }, applies(1n, 300n, 1024n))
    .boundary(
      'a load that is rejected',
      { ...REJECTED, ...threads(3, 7) },
      all(steps('ok', 'load InvalidProgram', 'ok'), leavesNothing()),
    )
    .boundary(
      'loads, executions and unloads in turn',
      { ...LIVES, ...threads(3, 8) },
      all(steps('ok', 'ok', 'ok', 'ok', 'ok', 'ok'), calls(lived(1), lived(300)), leavesNothing()),
    ),
];
