import type { ProcessLimits } from '../protocol/process-limits.js';
import type { Schemas } from '../spec/schemas.js';
import type { Exporter } from './exporter.js';

/** What an exporter is opened with besides its name. */
export interface ExporterSetup {
  /** The folder of the suite. */
  readonly root: string;
  /** Version of this package. */
  readonly version: string;
  readonly schemas: Schemas;
  /** How long one in a process of its own is waited for. */
  readonly limits: ProcessLimits;
  /** Whether the limit of a request was chosen by the user. */
  readonly isTimed: boolean;
  /** Names of variables of the environment that it gets, too. */
  readonly env: readonly string[];
}

/** A kind of exporter. A new one is a file with one of these, and a line in EXPORTER_KINDS. */
export interface ExporterKind {
  /** What the name of such an exporter begins with, up to a colon. */
  readonly prefix: string;
  /** The names that it has, each with what that is. */
  readonly names: Readonly<Record<string, string>>;
  /**
   * Opens an exporter of this kind; `detail` is what stands behind the colon, null without one.
   *
   * @throws SubjectError when there is none, or a part of it is missing.
   */
  readonly open: (chosen: string, detail: string | null, setup: ExporterSetup) => Promise<Exporter>;
}
