import type { ByteSource } from '../source/byte-source.js';
import { HOST_MEMORY } from '../delegate/live-tensor.js';
import type { RecordedPlans } from '../engine/simulated-tensorrt.js';
import type { ProgramFault } from '../program/program-fault.js';
import type { Policy } from '../rules/automatic-budget.js';
import { readProgram } from '../program/read-program.js';
import { PRIMITIVE_KERNELS, STOCK_KERNELS } from '../program/stock-kernels.js';
import type { MethodFile } from '../program/program-file.js';
import type { OptionsMap } from '../request/load-request.js';
import { explainDelegate, faultFinding, type DelegateContext } from './explain-delegate.js';
import { ExplainedBlobs, NO_BLOB } from './explained-blobs.js';
import { explainLoad, untouched, type LoadFailure } from './explain-load.js';
import { ExhaustingProgramError, ReadingWork } from '../program/reading-work.js';
import { explainOptions } from './explain-options.js';
import type { Explanation, MethodExplanation } from './explanation.js';
import { asWarning, error, note, warning, type Finding } from './finding.js';
import { delegateCalls } from './judge-calls.js';
import { settle } from './settle.js';
import { judgeProgram } from './judge-program.js';

/** What {@link explainProgram} can be told beside the program. */
export interface ExplainContext {
  /** What stands behind a TensorRT plan that is not a scripted one. */
  readonly recordedPlan?: RecordedPlans;
  /** Who chooses automatic budgets; the delegate unless given, as our own does. */
  readonly policy?: Policy;
  /**
   * Bytes of device memory that are free when an engine is loaded; null, as when it is left out,
   * when nobody knows.
   */
  readonly freeBytes?: bigint | null;
}

/** Rows of an explanation (methods, delegates, compile specs) that any file may have. */
const ROWS_ANYWAY = 1000;
/** Bytes of a file that a row takes at least, where the file repeats nothing. */
const ROW_BYTES = 12;

/**
 * Tells of any bytes, or of a file of any size, whether they are a program, and of each delegate
 * where the budget of its engine comes from, what would be applied, what is wrong and which clause
 * says so. What keeps a method from loading is what the reference says; what a host may have or
 * not, other backends and kernels, does not. Null stands for no options.
 *
 * @throws ExhaustingProgramError for a file that refers to the same parts again and again, so that
 * explaining it would take far more than its size.
 */
export function explainProgram(
  program: Uint8Array | ByteSource,
  options: OptionsMap | null,
  context: ExplainContext = {},
): Explanation {
  const size = program instanceof Uint8Array ? program.length : program.size;
  const work = new ReadingWork(size);
  const read = readProgram(program, 'internal-consistency', 'unknown', STOCK_KERNELS, work);
  if (!read.ok) return { kind: 'unreadable', fault: read.fault };
  // It was verified, so that nothing can hide a method from the list.
  const { header, source, methods: files, unnamed } = read.program;
  if (rowsOf(files) + unnamed > ROWS_ANYWAY + source.head.length / ROW_BYTES)
    throw new ExhaustingProgramError(size);
  const given = explainOptions(options);
  const { recordedPlan = () => null, policy = 'fitting', freeBytes = null } = context;
  const known: DelegateContext = {
    ...{ policy, freeBytes, work },
    data: new ExplainedBlobs(recordedPlan, work),
  };
  const names = new Set<string>();
  const methods = files.map((file) => {
    const isFirst = !names.has(file.name);
    names.add(file.name);
    return explainMethod(file, isFirst, given, known);
  });
  return {
    kind: 'program',
    policy,
    header,
    methods,
    findings: [...given.findings, ...nothingToLoad(files, unnamed), ...judgeProgram(methods)],
  };
}

function rowsOf(files: readonly MethodFile[]): number {
  return files.reduce(
    (sum, { delegates }) =>
      sum +
      delegates.reduce(
        (rows, { compileSpecs }) => rows + 1 + (compileSpecs.ok ? compileSpecs.value.length : 0),
        1,
      ),
    0,
  );
}

/** Methods that no host can load, whatever it asks for. */
function nothingToLoad(files: readonly MethodFile[], unnamed: number): Finding[] {
  if (unnamed > 0) {
    const what = unnamed === 1 ? '1 method has no name' : `${unnamed} methods have no name`;
    return [error('WSB-METHOD-10', `${what}, so that no host can load it`)];
  }
  return files.length === 0
    ? [error('WSB-METHOD-10', 'the program has no methods, so that there is nothing to load')]
    : [];
}

const REFUSED: LoadFailure = { error: 'InvalidArgument', clause: 'WSB-OPT-16' };

/** @param isFirst - whether it is the first method of its name: a host finds no other */
function explainMethod(
  file: MethodFile,
  isFirst: boolean,
  options: ReturnType<typeof explainOptions>,
  known: DelegateContext,
): MethodExplanation {
  const load = options.refused
    ? untouched(file, REFUSED)
    : explainLoad(file, options.options, {
        ...known,
        blobOf: ({ data }) => (data.ok ? known.data.of(data.value) : NO_BLOB),
      });
  const faults = [file.entryFault, file.exitFault].flatMap((fault) =>
    fault === null ? [] : [methodFinding(fault)],
  );
  const calls = delegateCalls(file, known.work);
  return {
    name: file.name,
    delegates: file.delegates.map((delegate, at) => {
      const end = load.delegates[at] ?? { kind: 'untouched', before: 'the load ends before it' };
      return explainDelegate(delegate, options.options, end, { ...known, calls: calls.get(at) ?? [] });
    }),
    findings: [
      ...(isFirst
        ? []
        : [warning('WSB-METHOD-10', 'a method of this name comes before it, so that no host finds it')]),
      ...(options.refused ? faults.map(asWarning) : settle(faults, load.failure)),
      ...hostNeeds(file),
    ],
  };
}

/** A fault of a method. */
function methodFinding(fault: ProgramFault): Finding {
  return fault.code === 'operator-missing'
    ? error(
        fault.clause,
        `the method calls operators that no stock host has: ${fault.message} (OperatorMissing)`,
      )
    : faultFinding(fault);
}

/** What a host has to have beside ExecuTorch itself. */
function hostNeeds({ chains, plannedDevices }: MethodFile): Finding[] {
  const called = chains.flat().flatMap((each) => (each.kind === 'kernel' ? [each.operator] : []));
  const operators = [...new Set(called)].filter((name) => !PRIMITIVE_KERNELS.has(name));
  return [
    ...(operators.length === 0
      ? []
      : [note('WSB-DEV-06', `a host needs kernels for ${operators.join(' and ')}`)]),
    ...(plannedDevices.every(({ type }) => type === HOST_MEMORY)
      ? []
      : [note('WSB-DEV-04', 'tensors are planned on a device, so a host needs an allocator for its memory')]),
  ];
}
