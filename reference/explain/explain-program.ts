import { HOST_MEMORY } from '../delegate/live-tensor.js';
import type { RecordedPlans } from '../engine/simulated-tensorrt.js';
import type { ProgramFault } from '../program/program-fault.js';
import type { Policy } from '../rules/automatic-budget.js';
import { readProgram } from '../program/read-program.js';
import { PRIMITIVE_KERNELS } from '../program/stock-kernels.js';
import type { MethodFile } from '../program/program-file.js';
import type { OptionsMap } from '../request/load-request.js';
import { explainDelegate, faultFinding } from './explain-delegate.js';
import { explainOptions } from './explain-options.js';
import type { Explanation, MethodExplanation } from './explanation.js';
import { note, type Finding } from './finding.js';
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

/**
 * Tells of any bytes whether they are a program, and of each delegate where the budget of its
 * engine comes from, what would be applied, what is wrong and which clause says so. It never
 * throws, whatever the bytes are; null stands for no options.
 */
export function explainProgram(
  program: Uint8Array,
  options: OptionsMap | null,
  context: ExplainContext = {},
): Explanation {
  const read = readProgram(program);
  if (!read.ok) return { kind: 'unreadable', fault: read.fault };
  // It was verified, so that nothing can hide a method from the list.
  const { header, methods: files } = read.program;
  const given = explainOptions(options);
  const { recordedPlan = () => null, policy = 'fitting', freeBytes = null } = context;
  const known = { recordedPlan, policy, freeBytes };
  const methods = files.map((file) => explainMethod(file, given.options, known));
  return {
    kind: 'program',
    policy,
    header,
    methods,
    findings: [...given.findings, ...judgeProgram(methods)],
  };
}

function explainMethod(
  file: MethodFile,
  options: Parameters<typeof explainDelegate>[1],
  known: Required<ExplainContext>,
): MethodExplanation {
  return {
    name: file.name,
    delegates: file.delegates.map((delegate) => explainDelegate(delegate, options, known)),
    findings: [
      ...[file.entryFault, file.exitFault].flatMap((fault) => (fault === null ? [] : [methodFinding(fault)])),
      ...hostNeeds(file),
    ],
  };
}

/** A fault of a method. That operators are missing is a fault of the host alone. */
function methodFinding(fault: ProgramFault): Finding {
  return fault.code === 'operator-missing'
    ? note(fault.clause, `the method calls operators that no stock host has: ${fault.message}`)
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
