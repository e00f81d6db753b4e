import type { MethodFile } from '../../reference/index.js';
import type { ProgramEngine, ProgramEngines } from './program-engines.js';

/** Methods or engines that are asked for cannot be planned. The message says what to do. */
export class EngineChoiceError extends Error {
  override readonly name = 'EngineChoiceError';
}

/** What is loaded together. */
export interface ChosenEngines {
  readonly engines: readonly ProgramEngine[];
  /** Bytes of device memory that tensors outside of the engines are planned in. */
  readonly arenas: bigint;
}

const HOST = 0;
/** Names that a message has at most. */
const MOST_NAMED = 20;

/**
 * The engines of these methods, or of all where none is named, that are on one device.
 *
 * @param device - null where they are all on one
 * @throws EngineChoiceError for a method that there is not, and when there are no such engines
 */
export function chooseEngines(
  { program, engines }: ProgramEngines,
  methods: readonly string[],
  device: number | null,
): ChosenEngines {
  const found =
    methods.length === 0 ? program.methods : methods.map((name) => methodOf(program.methods, name));
  const loaded = new Set(found.map(({ name }) => name));
  const all = engines.filter(({ method }) => loaded.has(method));
  const devices = [...new Set(all.map((engine) => engine.device))].sort((a, b) => a - b);
  if (device === null && devices.length > 1) {
    throw new EngineChoiceError(
      `The engines are on the devices ${devices.join(', ')}. Plan one at a time, such as with --device ${devices[0] ?? 0}.`,
    );
  }
  const wanted = device ?? devices[0] ?? 0;
  const chosen = all.filter((engine) => engine.device === wanted);
  if (chosen.length === 0) {
    const where = device === null ? '' : ` on device ${device}`;
    throw new EngineChoiceError(`There are no engines of TensorRT${where} to be planned.`);
  }
  return {
    engines: chosen,
    arenas: arenasOf(
      program.methods.filter(({ name }) => loaded.has(name)),
      wanted,
    ),
  };
}

function methodOf(methods: readonly MethodFile[], name: string): MethodFile {
  const found = methods.find((method) => method.name === name);
  if (found !== undefined) return found;
  const names = methods.slice(0, MOST_NAMED).map((method) => JSON.stringify(method.name));
  const more = methods.length > MOST_NAMED ? ` and ${methods.length - MOST_NAMED} more` : '';
  throw new EngineChoiceError(
    `There is no method ${JSON.stringify(name)}. There are: ${names.join(', ')}${more}.`,
  );
}

/** A device of -1 is the current one, which the engines are taken to be on. */
function arenasOf(methods: readonly MethodFile[], device: number): bigint {
  return methods.reduce(
    (sum, { plannedBytes, plannedDevices }) =>
      plannedBytes.reduce((bytes, size, at) => {
        const { type = HOST, index = 0 } = plannedDevices[at] ?? {};
        return type !== HOST && (index === device || index < 0) ? bytes + size : bytes;
      }, sum),
    0n,
  );
}
