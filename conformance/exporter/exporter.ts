import type { ExportAnswer } from '../../reference/exporter/export-answer.js';
import type { ExportRequest } from '../../reference/exporter/export-request.js';
import type { Incident } from '../model/incident.js';

/** What an exporter can do; spec/exporter-protocol.md says what each is. */
export const EXPORTER_CAPABILITIES = [
  'validate',
  'blob',
  'program',
  'methods',
  'export',
  'partitioner',
  'formats',
] as const;

/** One of {@link EXPORTER_CAPABILITIES}. */
export type ExporterCapability = (typeof EXPORTER_CAPABILITIES)[number];

/** Whether an exporter has each capability. */
export type ExporterCapabilities = Readonly<Record<ExporterCapability, boolean>>;

/** Anything that writes programs; it is never told what is expected. */
export interface Exporter {
  /** As reports name it, such as `reference-exporter`. */
  readonly name: string;
  /** As `run --exporter` takes it. */
  readonly chosen: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Paths of the files that it is made of; none for a part of the suite. */
  readonly files: readonly string[];
  readonly capabilities: ExporterCapabilities;
  /**
   * What it does with a request, or why there is no answer.
   *
   * @throws SubjectError when it cannot be started again.
   */
  readonly ask: (request: ExportRequest) => Promise<ExportAnswer | Incident>;
  /** Ends its process, if it has one; it can be used again. */
  readonly close: () => Promise<void>;
}

/** Whether there was no answer. */
export function isIncident(answer: ExportAnswer | Incident): answer is Incident {
  return answer.kind !== 'exported' && answer.kind !== 'refused';
}
