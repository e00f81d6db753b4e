import { exportProgram } from '../../reference/exporter/export-program.js';
import { type ExportRules, STANDARD_EXPORT_RULES } from '../../reference/exporter/export-rules.js';
import { WRONG_EXPORTS } from '../../reference/exporter/wrong-exports.js';
import { SubjectError } from '../model/subject-error.js';
import { visibleLine } from '../model/visible-text.js';
import type { ExporterKind } from './exporter-kind.js';
import { EXPORTER_CAPABILITIES, type Exporter, type ExporterCapabilities } from './exporter.js';

const ALL = Object.fromEntries(EXPORTER_CAPABILITIES.map((name) => [name, true])) as ExporterCapabilities;

/** The writer of the suite as an exporter, or a variant of it that errs on purpose. */
export const REFERENCE_EXPORTER: ExporterKind = {
  prefix: 'reference',
  names: {
    reference: 'the writer of the suite itself',
    'reference:VARIANT': 'the same with a deliberate error',
  },
  open: (chosen, detail, { version }) =>
    Promise.resolve(
      referenceExporter(chosen, detail === null ? STANDARD_EXPORT_RULES : wrongRules(detail), version),
    ),
};

function referenceExporter(chosen: string, rules: ExportRules, version: string): Exporter {
  return {
    name: chosen.replace('reference', 'reference-exporter'),
    chosen,
    versions: { reference: version },
    files: [],
    capabilities: ALL,
    ask: (request) => Promise.resolve(exportProgram(request, rules)),
    close: () => Promise.resolve(),
  };
}

function wrongRules(name: string): ExportRules {
  const found = Object.hasOwn(WRONG_EXPORTS, name) ? WRONG_EXPORTS[name] : undefined;
  if (found !== undefined) return found.rules;
  const names = Object.keys(WRONG_EXPORTS).join(', ');
  throw new SubjectError(
    'unknown',
    `There is no variant ${visibleLine(name)} of the reference exporter. There are: ${names}.`,
  );
}
