import type { BlobAlias } from '../blob/blob-metadata.js';
import type { CompileSpec } from '../rules/find-spec.js';

/**
 * The types of a value that can be given for `weight_streaming_budget_per_engine`, by what they are
 * in Python (spec/exporter-protocol.md).
 */
export const BUDGET_TYPES = [
  'none',
  'int',
  'int-subclass',
  'int-enum',
  'bool',
  'float',
  'text',
  'bytes',
  'enum',
  'decimal',
  'fraction',
  'list',
  'dict',
  'object',
  'index',
  'numpy.int64',
  'numpy.uint64',
  'numpy.bool',
] as const;

/** One of {@link BUDGET_TYPES}. */
export type BudgetType = (typeof BUDGET_TYPES)[number];

/** A value that is given for `weight_streaming_budget_per_engine`. */
export interface GivenBudget {
  readonly type: BudgetType;
  /** The value: digits behind an optional minus for a number, else as the protocol says. */
  readonly text: string;
  /** What a member of a subclass of int gives as its own text; left out: its digits. */
  readonly shown?: string;
}

/**
 * How an exporter is entered: by the call that saves a program to a file, by the one that prepares
 * it, or by the partitioner alone.
 */
export const EXPORT_WAYS = ['save', 'export', 'partitioner'] as const;

/** One of {@link EXPORT_WAYS}. */
export type ExportWay = (typeof EXPORT_WAYS)[number];

/** The format that a budget is for; others ignore it. */
export const EXECUTORCH_FORMAT = 'executorch';

/** What an exporter is asked for. */
export interface ExportRequest {
  readonly way: ExportWay;
  /** The name of the format, such as {@link EXECUTORCH_FORMAT}. */
  readonly format: string;
  /** Null: the keyword is not given at all. */
  readonly budget: GivenBudget | null;
  readonly compileSpecs: readonly GivenSpec[];
  /** At least one, each name once. */
  readonly methods: readonly GivenMethod[];
}

/** A compile spec that a user gives. */
export interface GivenSpec extends CompileSpec {
  /** The method that it is for; null: all of them. */
  readonly method: string | null;
}

/** A method with its engines, in their order. */
export interface GivenMethod {
  readonly name: string;
  readonly engines: readonly GivenEngine[];
}

/** An engine that was built already. */
export interface GivenEngine {
  /** The bytes of its plan. */
  readonly plan: Uint8Array;
  /** The CUDA device that it was built for. */
  readonly device: number;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly aliases: readonly BlobAlias[];
}
