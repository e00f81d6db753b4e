/*
 * Plan: programs beyond 2^31 and 2^32 bytes. Their plans are as large as those of real engines, but
 * their weights are zeros which nobody reads, so that a file of one takes no room. A subject is
 * told the file. Boundaries: sizes on both sides of 2^31 and of 2^32, 6 GiB, segments whose offsets
 * are beyond 2^32, segments in another order, and sizes that are wrong by one or by 2^32.
 */
import {
  BACKEND_ID,
  BUDGET_KEY,
  composeBlob,
  composePlan,
  composeProgram,
  MemorySource,
  paddedTo,
  scriptedPlan,
  SparseSource,
  type ByteSource,
  type ClauseId,
  type DelegateSpec,
  type MethodSpec,
} from '../../reference/index.js';
import type { AnyLoadRequest, ProgramOnDisk, Step } from '../../reference/request/load-request.js';
import {
  all,
  applies,
  calls,
  rejects,
  rejectsProgram,
  steps,
  type Expectation,
} from '../model/expectation.js';
import { METHOD } from '../model/names.js';
import { bytesOf } from '../model/text.js';

/** A case whose program is too large for memory, and is written to a file when it is run. */
export interface LargeCase {
  readonly title: string;
  readonly clauses: readonly ClauseId[];
  readonly program: () => ByteSource;
  /** Whether it is loaded through a `Module`. */
  readonly module: boolean;
  readonly steps: readonly Step[];
  readonly expectation: Expectation;
}

const GIB = 2 ** 30;
/** Bytes of a plan without bindings, less its weights. */
const BARE_PLAN = 72;
const ENGINE_SIZE_AT = 16;
const LOADED = 'deserialize, set 5, context';

/** Cases of large programs; each states its expectation by itself, as every case does. */
export const LARGE_PROGRAMS: readonly LargeCase[] = [
  ...[2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 6 * GIB].map((size) =>
    large(`a plan of ${size} bytes`, 'WSB-BLOB-03', () => program([engine(size)]), applies(5n)),
  ),
  large(
    'engines whose segments begin beyond 2^32',
    'WSB-PROG-03',
    () => program([engine(6 * GIB, '1'), engine(100, '2'), engine(2 ** 32, '3'), engine(100, '4')]),
    applies(1n, 2n, 3n, 4n),
  ),
  large(
    'segments in another order than the engines',
    'WSB-PROG-03',
    () => program([engine(6 * GIB, '1'), engine(2 ** 31, '2'), engine(100, '3')], 'reversed'),
    applies(1n, 2n, 3n),
  ),
  large('an engine of 6 GiB that two share', 'WSB-PROG-04', () => program(sharing()), applies(5n, 5n)),
  large('an engine of 6 GiB through Module', 'WSB-PROG-03', () => program([engine(6 * GIB)]), applies(5n), {
    module: true,
  }),
  large(
    'an engine of 6 GiB that is loaded again',
    'WSB-METHOD-08',
    () => program([engine(6 * GIB)]),
    all(steps('ok', 'ok', 'ok', 'ok'), calls(LOADED, LOADED)),
    { steps: [load(), unload(), load(), unload()] },
  ),
  large(
    'a budget above 6 GiB of an engine that streams 6 GiB',
    'WSB-APPLY-01',
    () => program([engine(6 * GIB, String(2n ** 33n), 0, BigInt(6 * GIB))]),
    applies(BigInt(6 * GIB)),
  ),
  large(
    'a plan of 2 GiB that is not known',
    'WSB-FAIL-02',
    () => program([{ ...engine(100), data: composeBlob({ engine: paddedTo(2 ** 31, bytesOf('ftrt')) }) }]),
    all(rejects(), calls('deserialize refused')),
  ),
  large(
    'a plan of one byte more than its blob has',
    'WSB-BLOB-02',
    () => program([engine(2 ** 32, '5', 1)]),
    all(rejects(), calls()),
  ),
  large(
    'a plan of 2^32 bytes more than its blob has',
    'WSB-BLOB-02',
    () => program([engine(100, '5', 2 ** 32), engine(6 * GIB)]),
    all(rejects(), calls()),
  ),
  large(
    'a plan of 2^32 bytes less than TensorRT needs',
    'WSB-FAIL-02',
    () => program([engine(6 * GIB, '5', -(2 ** 32))]),
    all(rejects(), calls('deserialize refused')),
  ),
  large(
    'a file of 6 GiB that lacks its last byte',
    'WSB-PROG-02',
    () => lessLast(program([engine(6 * GIB)])),
    rejectsProgram(),
  ),
];

/** The request of a case for the file that its program was written to. */
export function largeRequest({ module, steps: given }: LargeCase, file: ProgramOnDisk): AnyLoadRequest {
  return {
    program: file,
    verification: 'internal-consistency',
    device: { totalBytes: 2n ** 40n, freeBytes: 2n ** 40n, faults: [] },
    module: module ? { options: null } : null,
    steps: given,
  };
}

function large(
  title: string,
  clause: ClauseId,
  written: () => ByteSource,
  expectation: Expectation,
  more: Partial<Pick<LargeCase, 'module' | 'steps'>> = {},
): LargeCase {
  return {
    title,
    clauses: [clause],
    program: written,
    module: false,
    steps: [load(), unload()],
    expectation,
    ...more,
  };
}

function load(): Step {
  return { op: 'load', method: METHOD, options: null };
}

function unload(): Step {
  return { op: 'unload', method: METHOD };
}

/** An engine whose plan has so many bytes; its blob says `more` of them. */
function engine(planBytes: number, spec = '5', more = 0, streamable = 1024n): DelegateSpec {
  const plan = composePlan(scriptedPlan({ streamable }), planBytes - BARE_PLAN);
  const blob = composeBlob({ engine: plan });
  return {
    backend: BACKEND_ID,
    placement: 'segment',
    data: more === 0 ? blob : saying(blob, planBytes + more),
    compileSpecs: [{ key: BUDGET_KEY, value: bytesOf(spec) }],
  };
}

/** A blob that says its plan has so many bytes. */
function saying(blob: ByteSource, planBytes: number): ByteSource {
  const field = new Uint8Array(8);
  new DataView(field.buffer).setBigUint64(0, BigInt(planBytes), true);
  return new SparseSource(blob.size, [
    { at: 0, source: blob },
    { at: ENGINE_SIZE_AT, source: new MemorySource(field) },
  ]);
}

function sharing(): readonly DelegateSpec[] {
  const shared = engine(6 * GIB);
  return [shared, { ...shared }];
}

function program(
  delegates: readonly DelegateSpec[],
  order: 'in-order' | 'reversed' = 'in-order',
): ByteSource {
  const method: MethodSpec = { name: METHOD, delegates };
  return composeProgram({ methods: [method] }, order);
}

function lessLast(source: ByteSource): ByteSource {
  return new SparseSource(source.size - 1, [{ at: 0, source }]);
}
