import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { nativeBuild } from '../native-home.js';
import type { Capability } from '../protocol/capabilities.js';
import type { FramingName } from '../protocol/hello.js';
import type { Framing } from '../protocol/message.js';
import type { ProcessLimits } from '../protocol/process-limits.js';

/** How to start a subject. */
export interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  /**
   * Path of native/process's wsb-reaper, which ends the subject when the runner is killed outright;
   * not used where it is not built.
   */
  readonly reaper: string | null;
  /** Names of variables of this process that it gets beside those that every subject gets. */
  readonly passes?: readonly string[];
  /** Variables that are set for it. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What every process of a subject is started with. */
export interface ProcessSettings {
  readonly launch: Launch;
  readonly limits: ProcessLimits;
  /** Framings to offer. */
  readonly framings: readonly FramingName[];
  readonly framing: (name: FramingName) => Framing;
  /** Recorded plans, by their SHA-256, for a subject that takes them. */
  readonly plans: readonly { readonly sha256: string; readonly plan: Uint8Array }[];
  /** Capabilities that it does not have, whatever its hello says. */
  readonly lacks?: readonly Capability[];
}

/** The path of the reaper below the folder of the suite; null when it is not built. */
export function reaperBelow(root: string): string | null {
  const reaper = join(nativeBuild(root), 'wsb-reaper');
  return existsSync(reaper) ? reaper : null;
}
