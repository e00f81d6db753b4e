import type { ExportCase } from '../model/export-case.js';
import { quietIncident } from '../model/incident.js';
import type { OpenSubject } from '../subjects/open-subject.js';
import { type Exporter, isIncident } from './exporter.js';
import { type ExportDifference, judgeExport, REFUSED_SPECS } from './judge-export.js';
import type { JudgedExport } from './judged-case.js';
import { loadBack } from './load-back.js';
import { lackingOf } from './needed-of-exporter.js';

/** An exporter, and the delegate that loads what it writes. */
export interface ExporterBench {
  readonly exporter: Exporter;
  readonly delegate: Pick<OpenSubject, 'subject' | 'oracle'>;
}

/**
 * Asks an exporter, and judges what it did.
 *
 * @throws SubjectError when the exporter or the delegate cannot be started.
 */
export async function askCase({ exporter, delegate }: ExporterBench, one: ExportCase): Promise<JudgedExport> {
  const lacking = lackingOf(one, exporter.capabilities);
  if (lacking !== null) {
    const answer = quietIncident('unsupported', `the exporter does not have the capability ${lacking}`);
    return { case: one, answer, loaded: null, differences: [] };
  }
  const answer = await exporter.ask(one.request);
  if (isIncident(answer)) return { case: one, answer, loaded: null, differences: [] };
  const loaded = await loadBack(delegate, one.request, answer);
  const differences = judgeExport(one.request, answer, loaded);
  return { case: one, answer, loaded, differences: await withoutSpecs(exporter, one, differences) };
}

/**
 * What refuses a request with foreign compile specs for another reason refuses it without them,
 * too: then that is told.
 */
async function withoutSpecs(
  exporter: Exporter,
  { request }: ExportCase,
  differences: readonly ExportDifference[],
): Promise<readonly ExportDifference[]> {
  const [first] = differences;
  if (first?.path !== 'answer' || first.clause !== REFUSED_SPECS) return differences;
  const bare = { ...request, compileSpecs: [] };
  const answer = await exporter.ask(bare);
  const found = isIncident(answer) ? [] : judgeExport(bare, answer, null);
  return found[0]?.path === 'answer' ? found : differences;
}
