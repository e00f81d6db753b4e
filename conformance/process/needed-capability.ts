import { decodeBlob, isScriptedPlan, readProgram, type ByteRange } from '../../reference/index.js';
import {
  isOptionStep,
  type AnyLoadRequest,
  type GivenProgram,
  type ProgramOnDisk,
} from '../../reference/request/load-request.js';
import type { Capabilities, Capability } from '../protocol/capabilities.js';

const SCRIPTED_PLAN = Buffer.from('WSBPLAN\0', 'latin1');
const KIND_AT = 10;
const MODELLED = 2;

/**
 * The first capability that a request needs and a subject lacks; null when there is none. What a
 * host verifies is another matter: whether it plays a part shows only in the outcome.
 * `usesRecorded` says whether a request loads a real TensorRT plan.
 */
export function lackingCapability(
  request: AnyLoadRequest,
  has: Capabilities,
  usesRecorded: (request: AnyLoadRequest) => boolean,
): Capability | null {
  const { program, module, steps, device } = request;
  if (!has.program) return 'program';
  if (!has.files && !(program instanceof Uint8Array)) return 'files';
  if (!has.module && module !== null) return 'module';
  if (!has.allocators && request.sharing !== undefined) return 'allocators';
  if (!has.threads && request.threads !== undefined) return 'threads';
  if (!has.execute && steps.some(({ op }) => op === 'execute')) return 'execute';
  if (!has.faults && device.faults.length > 0) return 'faults';
  if (!has.integrated && device.hostMemory !== undefined) return 'integrated';
  if (!has.memory && holdsModelled(program)) return 'memory';
  if (!has.plans && usesRecorded(request)) return 'plans';
  if (!has.devices && usesDevices(request)) return 'devices';
  if (!has.options && givesOptions(request)) return 'options';
  if (!has.setOption && steps.some(isOptionStep)) return 'setOption';
  if (!has.steps && !isOneRun(request)) return 'steps';
  return null;
}

/** Whether a program has tensors planned on a device, or operators that copy to and from one. */
function usesDevices({ program, verification }: AnyLoadRequest): boolean {
  const read = readProgram(program, verification);
  return (
    read.ok &&
    read.program.methods.some(
      ({ plannedDevices, chains }) =>
        plannedDevices.some(({ type }) => type !== 0) || chains.flat().some(({ kind }) => kind === 'kernel'),
    )
  );
}

function holdsModelled(program: GivenProgram): boolean {
  if (!(program instanceof Uint8Array)) return enginesOf(program).some(isModelled);
  const bytes = Buffer.from(program.buffer, program.byteOffset, program.length);
  for (let at = bytes.indexOf(SCRIPTED_PLAN); at >= 0; at = bytes.indexOf(SCRIPTED_PLAN, at + 1)) {
    if (bytes[at + KIND_AT] === MODELLED) return true;
  }
  return false;
}

/** The engines of a program in a file, which is not looked through. */
function enginesOf(program: ProgramOnDisk): readonly ByteRange[] {
  const read = readProgram(program);
  if (!read.ok) return [];
  return read.program.methods.flatMap(({ delegates }) =>
    delegates.flatMap(({ data }) => {
      const decoded = data.ok ? decodeBlob(data.value) : null;
      return decoded?.ok === true ? [decoded.blob.engine] : [];
    }),
  );
}

function isModelled(engine: ByteRange): boolean {
  const bytes = engine.read(0, KIND_AT + 1);
  return isScriptedPlan(bytes) && bytes[KIND_AT] === MODELLED;
}

function givesOptions({ module, steps }: AnyLoadRequest): boolean {
  const maps = [module?.options ?? null, ...steps.map((step) => (step.op === 'load' ? step.options : null))];
  return maps.some((map) => map !== null);
}

/**
 * Whether the steps are one load of the first method of the file, at most one execution and the
 * end.
 */
function isOneRun({ program, verification, steps }: AnyLoadRequest): boolean {
  if (!/^load( execute)?( unload)?$/.test(steps.map(({ op }) => op).join(' '))) return false;
  const read = readProgram(program, verification);
  const methods = steps.map((step) => (isOptionStep(step) ? undefined : step.method));
  const first = read.ok ? read.program.methods[0]?.name : methods[0];
  return methods.every((method) => method === first);
}
