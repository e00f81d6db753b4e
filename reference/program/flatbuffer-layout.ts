/**
 * What a flatbuffer of a program may hold, table by table: the shape that ExecuTorch's internal
 * consistency check goes by. The fields are those of spec/program.fbs, in their order.
 */
export type FieldLayout =
  | { readonly kind: 'scalar'; readonly size: 1 | 4 | 8 }
  | { readonly kind: 'string' }
  | { readonly kind: 'scalars'; readonly size: 1 | 4 | 8 }
  | { readonly kind: 'table'; readonly table: TableLayout }
  | { readonly kind: 'tables'; readonly table: TableLayout }
  /** Two fields: the type, then the table. Type n is the nth of `tables`, from 1. */
  | { readonly kind: 'union'; readonly tables: readonly TableLayout[] };

/** The fields of a table, in order. */
export type TableLayout = readonly FieldLayout[];

const byte: FieldLayout = { kind: 'scalar', size: 1 };
const int: FieldLayout = { kind: 'scalar', size: 4 };
const long: FieldLayout = { kind: 'scalar', size: 8 };
const string: FieldLayout = { kind: 'string' };
const bytes: FieldLayout = { kind: 'scalars', size: 1 };
const ints: FieldLayout = { kind: 'scalars', size: 4 };
const longs: FieldLayout = { kind: 'scalars', size: 8 };
const table = (layout: TableLayout): FieldLayout => ({ kind: 'table', table: layout });
const tables = (layout: TableLayout): FieldLayout => ({ kind: 'tables', table: layout });
const union = (...layouts: TableLayout[]): FieldLayout => ({ kind: 'union', tables: layouts });

const AllocationDetails: TableLayout = [int, int, int];
const ExtraTensorInfo: TableLayout = [long, string, byte, byte, byte];
const Tensor: TableLayout = [
  byte,
  int,
  ints,
  bytes,
  byte,
  int,
  table(AllocationDetails),
  byte,
  byte,
  table(ExtraTensorInfo),
];
const EValue: TableLayout = [
  // Null, Int, Bool, Double, Tensor, String, IntList, DoubleList, BoolList, TensorList,
  // OptionalTensorList
  union([], [long], [byte], [long], Tensor, [string], [longs], [longs], [bytes], [ints], [ints]),
];

const Call: TableLayout = [int, ints];
const Instruction: TableLayout = [
  // KernelCall, DelegateCall, MoveCall, JumpFalseCall, FreeCall
  union(Call, Call, [int, int], [int, int], [int]),
];
const Frame: TableLayout = [string, int, string, string];
const Chain: TableLayout = [ints, ints, tables(Instruction), tables([tables(Frame)])];

const DataReference: TableLayout = [byte, int];
const CompileSpec: TableLayout = [string, bytes];
const BackendDelegate: TableLayout = [string, table(DataReference), tables(CompileSpec)];

const ExecutionPlan: TableLayout = [
  string,
  table([string, string]),
  tables(EValue),
  ints,
  ints,
  tables(Chain),
  tables([string, string]),
  tables(BackendDelegate),
  longs,
  tables([int, byte, byte]),
];

const SubsegmentOffsets: TableLayout = [int, longs];

/** The root table. */
export const PROGRAM_LAYOUT: TableLayout = [
  int,
  tables(ExecutionPlan),
  tables([bytes]),
  tables([bytes]),
  tables([long, long]),
  table(SubsegmentOffsets),
  tables(SubsegmentOffsets),
  tables([string, int]),
];
