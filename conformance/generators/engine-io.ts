import type { BlobMetadata, PlanBinding } from '../../reference/index.js';
import type { GeneratedAlias, GeneratedIo } from './generated-io.js';

const NOWHERE = 'nowhere';
const MOST = 8n;

/** The bindings of a generated engine's plan. */
export function ioBindings(io: GeneratedIo): readonly PlanBinding[] {
  const told = io.aliases.filter((alias) => alias.told !== 'metadata').map((alias) => namesOf(io, alias));
  return io.tensors.map(({ name, mode, dtype, shape, shapeInference, bounded }) => ({
    name,
    mode,
    dtype,
    shape,
    shapeInference,
    profile: bounded ? { min: sizesAt(shape, 1n), max: sizesAt(shape, MOST) } : null,
    aliases: mode === 'input' ? null : (told.find(({ output }) => output === name)?.input ?? null),
  }));
}

/** The metadata of the blob around a generated engine. */
export function ioMetadata(io: GeneratedIo): BlobMetadata {
  const { tensors } = io;
  const all = tensors.map((_, tensor) => ({ tensor, flipped: false, dtype: 'float16', shape: [] }));
  return {
    io_bindings: (io.bindings ?? all).map(({ tensor, flipped, dtype, shape }) => ({
      name: tensors[tensor]?.name ?? NOWHERE,
      dtype,
      shape,
      is_input: (tensors[tensor]?.mode === 'input') !== flipped,
    })),
    aliased_io: io.aliases
      .filter(({ told }) => told !== 'engine')
      .map((alias) => ({ ...namesOf(io, alias), kind: alias.kind })),
    hardware_compatible: io.compatible,
    device_id: io.device,
    serialized_metadata: io.serialized,
    target_platform: io.platform,
  };
}

/** The two tensors of an alias. */
function namesOf({ tensors }: GeneratedIo, alias: GeneratedAlias): { output: string; input: string } {
  const inputs = tensors.filter(({ mode }) => mode === 'input');
  const outputs = tensors.filter(({ mode }) => mode === 'output');
  return {
    output: [...outputs, ...inputs][alias.output]?.name ?? NOWHERE,
    input: [...inputs, ...outputs][alias.input]?.name ?? NOWHERE,
  };
}

function sizesAt(shape: readonly bigint[], dynamic: bigint): readonly bigint[] {
  return shape.map((size) => (size < 0n ? dynamic : size));
}
