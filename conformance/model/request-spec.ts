import type { BlobMetadata, MethodPlan, Plan } from '../../reference/index.js';
import type { LoadRequest } from '../../reference/request/load-request.js';

/**
 * A load request whose program is described rather than given as bytes: readable, and small in a
 * report.
 */
export interface RequestSpec extends Omit<LoadRequest, 'program'> {
  readonly program: ProgramSource;
}

/**
 * Where the bytes of a program come from.
 * - `methods`: written from a description.
 * - `bytes`: given as they are.
 * - `file`: those of a file, named by its path below the root of the suite.
 */
export type ProgramSource =
  | { readonly kind: 'methods'; readonly methods: readonly MethodSource[] }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'file'; readonly path: string; readonly bytes: Uint8Array };

/** One method of a described program. */
export interface MethodSource {
  readonly name: string;
  readonly delegates: readonly DelegateSource[];
  /**
   * Where its tensors lie and what is called with them; left out: the delegates are called in
   * order, without tensors.
   */
  readonly plan?: MethodPlan;
}

/** One delegate of a described program. */
export interface DelegateSource {
  readonly backend: string;
  readonly placement: 'inline' | 'segment';
  readonly data: BlobSource;
  readonly compileSpecs: readonly { readonly key: string; readonly value: Uint8Array }[];
}

/**
 * A delegate's data: an engine blob by its parts, as a conforming writer lays them out, or any
 * bytes.
 */
export type BlobSource =
  | {
      readonly kind: 'blob';
      /** Null: the one that fits the metadata. */
      readonly magic: 'TR01' | 'TR02' | null;
      /** Keys that differ from the writer's defaults. */
      readonly metadata: Partial<BlobMetadata> | null;
      readonly engine: EngineSource;
    }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

/** An engine: a scripted plan, or any bytes. */
export type EngineSource =
  { readonly kind: 'plan'; readonly plan: Plan } | { readonly kind: 'bytes'; readonly bytes: Uint8Array };
