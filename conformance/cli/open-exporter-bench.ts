import type { ExporterBench } from '../exporter/exporter-bench.js';
import { openExporter } from '../exporter/open-exporter.js';
import { packageOf } from '../package-of.js';
import { LIMITS } from '../protocol/process-limits.js';
import { loadSchemas } from '../spec/schemas.js';
import { openChosen } from './open-chosen.js';
import type { ExporterOptions } from './suite-options.js';

/**
 * Opens an exporter, and the delegate that loads what it writes. Both have to be closed.
 *
 * @throws SubjectError when one of them is not there, or a part of it is missing.
 */
export async function openExporterBench(root: string, options: ExporterOptions): Promise<ExporterBench> {
  const { exporter: name, subject, env = [], timeout } = options;
  const delegate = await openChosen(root, { subject });
  try {
    const exporter = await openExporter(name, {
      ...{ root, env, version: packageOf(root).version, schemas: loadSchemas(root) },
      limits: timeout === undefined ? LIMITS : { ...LIMITS, case: timeout },
      isTimed: timeout !== undefined,
    });
    return { exporter, delegate };
  } catch (error) {
    await delegate.subject.close().catch(() => undefined);
    throw error;
  }
}
