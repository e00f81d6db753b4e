/**
 * Vtable slots of the fields whose absence matters: the accessors that flatc generates do not tell
 * an absent vector from an empty one. A field's slot is 4 plus twice its place in its table
 * (spec/program.fbs); a union takes two places.
 */
export const SLOTS = {
  Program: { executionPlan: 6, backendDelegateData: 10, segments: 12, constantSegment: 14, namedData: 18 },
  ExecutionPlan: {
    name: 4,
    values: 8,
    inputs: 10,
    outputs: 12,
    chains: 14,
    operators: 16,
    delegates: 18,
    nonConstBufferSizes: 20,
  },
  BackendDelegate: { id: 4, processed: 6, compileSpecs: 8 },
  CompileSpec: { key: 4, value: 6 },
  BackendDelegateInlineData: { data: 4 },
  SubsegmentOffsets: { offsets: 6 },
  Chain: { instructions: 8 },
  Instruction: { instrArgs: 6 },
  Call: { args: 6 },
  Operator: { overload: 6 },
  EValue: { val: 6 },
  Items: { items: 4 },
  Tensor: { sizes: 8, dimOrder: 10, allocationInfo: 16, extraTensorInfo: 22 },
  ExtraTensorInfo: { fullyQualifiedName: 6 },
} as const;
