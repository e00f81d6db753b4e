import { elements } from './elements.js';
import { guarded } from './guarded.js';
import { openProgram, type OpenProgram, type Verification } from './open-program.js';
import { programFault, unreadable, type ProgramFault, type Readable } from './program-fault.js';
import type { MethodFile, ProgramFile } from './program-file.js';
import { readMethod } from './read-method.js';
import { SLOTS } from './slots.js';
import { STOCK_KERNELS } from './stock-kernels.js';

/**
 * Reads a program file. Hostile bytes are safe: no read leaves the file, nothing is allocated by a size that the file only
 * claims, and every fault comes back as data, with the clause and with the error that ExecuTorch 1.5.1 gives (WSB-PROG-01 to 04).
 *
 * `verification` is how the runtime would check the file; with `minimal` it finds some damage later or not at all. `kernels` are
 * the operators that the host can run.
 */
export function readProgram(
  bytes: Uint8Array,
  verification: Verification = 'internal-consistency',
  kernels: ReadonlySet<string> = STOCK_KERNELS,
):
  | { readonly ok: true; readonly program: ProgramFile }
  | { readonly ok: false; readonly fault: ProgramFault } {
  const opened = openProgram(bytes, verification, kernels);
  if (!opened.ok) return opened;
  return { ok: true, program: { header: opened.value.header, ...readMethods(opened.value) } };
}

/**
 * The method of a name, found as the runtime finds it: the first of that name, unless a fault stands before it.
 */
export function findMethod(program: ProgramFile, name: string): Readable<MethodFile> {
  const found = program.methods.find((method) => method.name === name);
  if (found !== undefined) return { ok: true, value: found };
  return {
    ok: false,
    fault:
      program.methodsFault ?? programFault('no-such-method', `there is no method ${JSON.stringify(name)}`),
  };
}

function readMethods(program: OpenProgram): Pick<ProgramFile, 'methods' | 'methodsFault'> {
  const { buffer, root } = program;
  const methods: MethodFile[] = [];
  const read = guarded<null>(() => {
    if (!buffer.has(root, SLOTS.Program.executionPlan)) {
      return unreadable('crash-hazard', 'there is no list of methods, which the runtime takes for granted');
    }
    for (const plan of elements(root.executionPlanLength(), (n) => root.executionPlan(n))) {
      const method = readMethod(program, plan);
      if (method !== null) methods.push(method);
    }
    return { ok: true, value: null };
  });
  return { methods, methodsFault: read.ok ? null : read.fault };
}
