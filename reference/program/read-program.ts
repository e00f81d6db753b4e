import type { ByteSource } from '../source/byte-source.js';
import { cText } from '../rules/c-string.js';
import { elements } from './elements.js';
import { guarded } from './guarded.js';
import { openProgram, type OpenProgram, type Verification } from './open-program.js';
import { programFault, unreadable, type ProgramFault, type Readable } from './program-fault.js';
import type { MethodFile, ProgramFile } from './program-file.js';
import { readMethod } from './read-method.js';
import type { ReadingWork } from './reading-work.js';
import { SLOTS } from './slots.js';
import { STOCK_KERNELS } from './stock-kernels.js';
import type { Surroundings } from './surroundings.js';

/** Methods that the runtime looks through in a second or so. */
const LONGEST_SEARCH = 2 ** 28;

/**
 * Reads a program file, of any size: of a source only what is needed is read, the flatbuffer as a
 * whole, and of the delegates' data nothing. Hostile bytes are safe: no read leaves the file,
 * nothing is allocated by a size that the file only claims, and every fault comes back as data,
 * with the clause and with the error that ExecuTorch 1.5.1 gives (WSB-PROG-01 to 04).
 *
 * `verification` is how the runtime would check the file; with `minimal` it finds some damage
 * later or not at all. `surroundings` is where the host puts it, `kernels` are the operators that
 * it can run. `work` bounds how much is read of a file that refers to the same parts again and
 * again.
 *
 * @throws ExhaustingProgramError when more work than that is needed.
 */
export function readProgram(
  given: Uint8Array | ByteSource,
  verification: Verification = 'internal-consistency',
  surroundings: Surroundings = 'unknown',
  kernels: ReadonlySet<string> = STOCK_KERNELS,
  work?: ReadingWork,
):
  | { readonly ok: true; readonly program: ProgramFile }
  | { readonly ok: false; readonly fault: ProgramFault } {
  const opened = openProgram(given, verification, surroundings, kernels, work);
  if (!opened.ok) return opened;
  const { file, header } = opened.value;
  return { ok: true, program: { source: file, header, ...readMethods(opened.value) } };
}

/**
 * The method of a name, found as the runtime finds it: the first of that name, unless a fault
 * stands before it. What stands behind a NUL is no part of the name.
 */
export function findMethod(program: ProgramFile, name: string): Readable<MethodFile> {
  const found = program.methods.find((method) => method.name === cText(name));
  if (found !== undefined) return { ok: true, value: found };
  return {
    ok: false,
    fault: program.methodsFault ?? {
      ...programFault('no-such-method', `there is no method ${JSON.stringify(name)}`),
      logs: [`No method named '${name}' in program`],
    },
  };
}

function readMethods(program: OpenProgram): Pick<ProgramFile, 'methods' | 'unnamed' | 'methodsFault'> {
  const { buffer, root } = program;
  const methods: MethodFile[] = [];
  let unnamed = 0;
  const read = guarded<null>(() => {
    if (!buffer.has(root, SLOTS.Program.executionPlan)) {
      return unreadable('crash-hazard', 'there is no list of methods, which the runtime takes for granted');
    }
    const count = root.executionPlanLength();
    // All behind these are without a name.
    for (const plan of elements(buffer.worthReading(count, 4), (n) => root.executionPlan(n))) {
      const method = readMethod(program, plan);
      if (method === null) unnamed++;
      else methods.push(method);
    }
    return count > LONGEST_SEARCH
      ? unreadable('crash-hazard', `the runtime looks through ${count} methods, for longer than anyone waits`)
      : { ok: true, value: null };
  });
  return { methods, unnamed, methodsFault: read.ok ? null : read.fault };
}
