import { EXECUTORCH_FORMAT, type ExportRequest } from '../../reference/exporter/export-request.js';
import { cText } from '../../reference/rules/c-string.js';
import type { ExportCase } from '../model/export-case.js';
import { quietIncident } from '../model/incident.js';
import type { OpenSubject } from '../subjects/open-subject.js';
import { type Exporter, isIncident } from './exporter.js';
import {
  acceptingClause,
  type ExportDifference,
  judgeExport,
  REFUSED_ENGINES,
  REFUSED_SPECS,
} from './judge-export.js';
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
  return { case: one, answer, loaded, differences: await causeOf(exporter, one, differences) };
}

/** Differences with the clause that is at fault; where several may be, the exporter is asked. */
async function causeOf(
  exporter: Exporter,
  one: ExportCase,
  differences: readonly ExportDifference[],
): Promise<readonly ExportDifference[]> {
  const [first] = differences;
  if (first?.path !== 'answer') return differences;
  return first.observed === 'exported'
    ? causeOfExport(exporter, one, first)
    : causeOfRefusal(exporter, one, differences);
}

/** What takes a key with a NUL by the partitioner alone may take any key there. */
async function causeOfExport(
  exporter: Exporter,
  { request }: ExportCase,
  first: ExportDifference,
): Promise<readonly ExportDifference[]> {
  if (request.way !== 'partitioner' || first.clause !== 'WSB-EXPORT-17') return [first];
  const compileSpecs = request.compileSpecs.map((spec) => ({ ...spec, key: cText(spec.key) }));
  const { kind } = await exporter.ask({ ...request, compileSpecs });
  return [kind === 'exported' ? { ...first, clause: 'WSB-EXPORT-18' } : first];
}

/**
 * Tells the cause of a refusal that should not be, or not be so: what is exported without its
 * compile specs was refused for those, and what is refused without a budget, too, was refused for
 * its engines.
 */
async function causeOfRefusal(
  exporter: Exporter,
  { request }: ExportCase,
  differences: readonly ExportDifference[],
): Promise<readonly ExportDifference[]> {
  const [first] = differences;
  if (first?.path !== 'answer' || first.observed === 'exported') return differences;
  if (request.format !== EXECUTORCH_FORMAT) return differences;
  const withoutSpecs = { ...request, compileSpecs: [] };
  const ask = async (asked: ExportRequest): Promise<boolean> =>
    (await exporter.ask(asked)).kind === 'exported';
  const isDue = first.expected !== 'exported';
  if (!isDue && request.compileSpecs.length > 0 && (await ask(withoutSpecs))) {
    return [{ ...first, clause: REFUSED_SPECS }];
  }
  if (!(await ask({ ...withoutSpecs, budget: null }))) return [{ ...first, clause: REFUSED_ENGINES }];
  return isDue ? differences : [{ ...first, clause: acceptingClause(request, first.observed) }];
}
