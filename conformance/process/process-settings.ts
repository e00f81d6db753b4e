import type { Launch } from './launch.js';
import type { FramingName } from '../protocol/hello.js';
import type { Framing } from '../protocol/message.js';
import type { ProcessLimits } from '../protocol/process-limits.js';

/** What every process of a subject is started with. */
export interface ProcessSettings {
  readonly launch: Launch;
  readonly limits: ProcessLimits;
  /** Framings to offer. */
  readonly framings: readonly FramingName[];
  readonly framing: (name: FramingName) => Framing;
  /** Recorded plans, by their SHA-256, for a subject that takes them. */
  readonly plans: readonly { readonly sha256: string; readonly plan: Uint8Array }[];
}
