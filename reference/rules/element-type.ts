/**
 * ExecuTorch's number of the scalar type that has the elements of each of TensorRT's `DataType`s,
 * by its number: float32, float16, int8, int32, bool, uint8, float8 (e4m3fn), bfloat16, int64.
 */
const SCALAR_TYPES = [6, 5, 1, 3, 11, 0, 24, 15, 4];

/**
 * ExecuTorch's scalar type of the elements of one of TensorRT's types; null for one that no tensor
 * of ExecuTorch has, such as those of 4 bits.
 */
export function scalarTypeOf(dataType: number): number | null {
  return SCALAR_TYPES[dataType] ?? null;
}

/** As PyTorch and the metadata of blobs call TensorRT's types, by number. */
const NAMES = ['float32', 'float16', 'int8', 'int32', 'bool', 'uint8', 'float8_e4m3fn', 'bfloat16', 'int64'];

/** The name of one of TensorRT's types; its number where it has none that ExecuTorch knows. */
export function dataTypeName(dataType: number): string {
  return NAMES[dataType] ?? `TensorRT's type ${dataType}`;
}

/** The name of one of ExecuTorch's scalar types; its number where TensorRT has no such type. */
export function scalarTypeName(scalarType: number): string {
  return NAMES[SCALAR_TYPES.indexOf(scalarType)] ?? `ExecuTorch's type ${scalarType}`;
}
