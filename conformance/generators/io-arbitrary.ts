import fc, { type Arbitrary } from 'fast-check';
import { ALIAS_TELLERS, SHAPES } from './generated-io.js';
import type { GeneratedAlias, GeneratedBinding, GeneratedIo, GeneratedTensor } from './generated-io.js';

/**
 * Names with a place to infer an order from and without, with what JSON escapes, and the keys of
 * the metadata. What upstream's reader is known to take otherwise in every program is left to the
 * written cases: control characters (WSB-BLOB-09) and empty names (WSB-BLOB-18); and so are numbers
 * too large to be a place, since each ends its process and a run bears only so many (WSB-BLOB-13).
 */
const NAMES: readonly string[] = [
  ...['input_0', 'input_1', 'x.0', 'x_1', 'output_0', 'output.0', 'y_1', 'in', 'out'],
  ...['a_1_0', 'input_01', 'input_', '_0', '0', 'x_2', 'näme_0', 'q"\\_1', 'a/b', '[', '},'],
  ...['io_bindings', 'aliased_io', 'hardware_compatible', 'device_id', 'name', 'is_input', 'kind'],
];

const KINDS: readonly string[] = ['user', 'kv_cache_update', '', 'User'];

/**
 * Devices at and beside the limits of an `int`, and numbers that are written with a fraction or an
 * exponent.
 */
const DEVICES: readonly number[] = [
  0,
  1,
  2,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 32 + 1,
  -1,
  0.5,
  -0.5,
  1.5,
  1e21,
];

/** Rows at and beside the bounds of a profile, from 1 to 8. */
const ROWS: readonly number[] = [1, 0, 2, 8, 9];

const MOST_TENSORS = 4;

/** Those of the tensors, and one behind them. */
const PLACES: readonly number[] = Array.from({ length: MOST_TENSORS + 1 }, (_, place) => place);

/** An engine's tensors and metadata, structural as the other arbitraries of cases. */
export function ioArbitrary(): Arbitrary<GeneratedIo> {
  return fc.record({
    tensors: fc.uniqueArray(tensorArbitrary(), { selector: ({ name }) => name, maxLength: MOST_TENSORS }),
    bindings: fc.oneof(
      { arbitrary: fc.constant(null), weight: 3 },
      fc.array(bindingArbitrary(), { maxLength: MOST_TENSORS }),
    ),
    aliases: fc.array(aliasArbitrary(), { maxLength: 2 }),
    device: fc.oneof({ arbitrary: fc.constant(0), weight: 4 }, fc.constantFrom(...DEVICES)),
    compatible: fc.boolean(),
    serialized: fc.constantFrom('', 'x', '{"device_id":-1}'),
    platform: fc.constantFrom('', 'linux', 'device_id'),
    rows: fc.option(fc.constantFrom(...ROWS), { nil: null, freq: 3 }),
  });
}

function tensorArbitrary(): Arbitrary<GeneratedTensor> {
  return fc.record({
    name: fc.constantFrom(...NAMES),
    mode: fc.constantFrom('input' as const, 'output' as const),
    dtype: fc.constantFrom(1, 0, 3, 8),
    shape: fc.constantFrom(...SHAPES),
    shapeInference: mostly(false, [true]),
    bounded: mostly(true, [false]),
  });
}

function bindingArbitrary(): Arbitrary<GeneratedBinding> {
  return fc.record({
    tensor: fc.constantFrom(...PLACES),
    flipped: mostly(false, [true]),
    dtype: fc.constantFrom('float16', 'int64', 'other', ''),
    shape: fc.array(fc.integer({ min: -1, max: 8 }), { maxLength: 3 }),
  });
}

function aliasArbitrary(): Arbitrary<GeneratedAlias> {
  return fc.record({
    told: fc.constantFrom(...ALIAS_TELLERS),
    output: mostly(0, PLACES),
    input: mostly(0, PLACES),
    kind: fc.constantFrom(...KINDS),
  });
}

function mostly<T>(usual: T, others: readonly T[]): Arbitrary<T> {
  return fc.oneof({ arbitrary: fc.constant(usual), weight: 12 }, fc.constantFrom(...others));
}
