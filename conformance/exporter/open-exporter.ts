import { SubjectError } from '../model/subject-error.js';
import { visibleLine } from '../model/visible-text.js';
import type { ExporterKind, ExporterSetup } from './exporter-kind.js';
import type { Exporter } from './exporter.js';
import { EXECUTABLE_EXPORTER } from './process-exporter.js';
import { REFERENCE_EXPORTER } from './reference-exporter.js';
import { UPSTREAM_EXPORTER } from './upstream-exporter.js';
import { UPSTREAM_FULL_EXPORTER } from './upstream-full-exporter.js';

/** The kinds of exporter, in the order in which help lists them. */
export const EXPORTER_KINDS: readonly ExporterKind[] = [
  REFERENCE_EXPORTER,
  UPSTREAM_EXPORTER,
  UPSTREAM_FULL_EXPORTER,
  EXECUTABLE_EXPORTER,
];

/** The names of exporters, for a line of help. */
export const EXPORTER_NAMES = EXPORTER_KINDS.flatMap(({ names }) => Object.keys(names)).join(', ');

/** The names of exporters and what each is, a line for each, for the help of a command. */
export const EXPORTER_HELP = EXPORTER_KINDS.flatMap(({ names }) => Object.entries(names))
  .map(([name, help]) => `  ${name.padEnd(24)}${help}\n`)
  .join('');

/**
 * Opens an exporter by its name: one of {@link EXPORTER_NAMES}. It has to be closed.
 *
 * @throws SubjectError when there is none of that name, or a part of it is missing.
 */
export async function openExporter(name: string, setup: ExporterSetup): Promise<Exporter> {
  const colon = name.indexOf(':');
  const [prefix, detail] = colon < 0 ? [name, null] : [name.slice(0, colon), name.slice(colon + 1)];
  const kind = EXPORTER_KINDS.find((known) => known.prefix === prefix);
  if (kind !== undefined) return kind.open(name, detail, setup);
  throw new SubjectError(
    'unknown',
    `There is no exporter ${name === '' ? 'without a name' : visibleLine(name)}. There are: ${EXPORTER_NAMES}.`,
  );
}
