import { EXECUTORCH_FORMAT } from '../../reference/exporter/export-request.js';
import type { ExportCase } from '../model/export-case.js';
import { METHOD } from '../model/names.js';
import type { ExporterCapabilities, ExporterCapability } from './exporter.js';

/** Clauses that a blob shows, which an exporter has to write itself. */
const ABOUT_BLOBS: readonly string[] = ['WSB-EXPORT-05', 'WSB-EXPORT-06', 'WSB-EXPORT-07', 'WSB-EXPORT-24'];

/** A capability that a case needs and an exporter lacks; null when there is none. */
export function lackingOf(
  { clauses, request }: Pick<ExportCase, 'clauses' | 'request'>,
  capabilities: ExporterCapabilities,
): ExporterCapability | null {
  const { way, format, budget, compileSpecs, methods } = request;
  const [first] = methods;
  const needed: readonly (readonly [ExporterCapability, boolean])[] = [
    ['validate', budget !== null || compileSpecs.length > 0],
    ['blob', clauses.some((clause) => ABOUT_BLOBS.includes(clause))],
    ['methods', methods.length > 1 || first?.name !== METHOD],
    ['export', way === 'export'],
    ['partitioner', way === 'partitioner'],
    ['formats', format !== EXECUTORCH_FORMAT],
  ];
  return needed.find(([name, isNeeded]) => isNeeded && !capabilities[name])?.[0] ?? null;
}
