import type { ExportAnswer } from '../../reference/exporter/export-answer.js';
import { exportProgram } from '../../reference/exporter/export-program.js';
import { EXECUTORCH_FORMAT, type ExportRequest } from '../../reference/exporter/export-request.js';
import { isInteger } from '../../reference/exporter/read-given-budget.js';
import { refusalsOf } from '../../reference/exporter/refusals.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Outcome } from '../../reference/outcome/outcome.js';
import { budgetText, programText, stepText } from '../model/call-text.js';
import type { Difference } from '../model/differences.js';
import { exportFacts, type ExportFacts } from './export-fact.js';

/** The clause that a refusal of engines breaks. */
export const REFUSED_ENGINES: ClauseId = 'WSB-EXPORT-24';

/** The clause that a refusal of foreign compile specs breaks. */
export const REFUSED_SPECS: ClauseId = 'WSB-EXPORT-19';

/** A difference between what an exporter did and what it has to do, and the clause it breaks. */
export interface ExportDifference extends Difference {
  readonly clause: ClauseId;
}

/** What came of the programs on both sides when they were loaded; null where one is not there. */
export interface LoadedBack {
  readonly expected: Outcome;
  readonly observed: Outcome | null;
}

/**
 * How an answer differs from what the reference does, what decides first: whether there is an
 * answer at all, what stands in the program, what comes of it when it is loaded, and what is
 * advised. What follows from another difference is not told. Empty when nothing differs.
 */
export function judgeExport(
  request: ExportRequest,
  answer: ExportAnswer,
  loaded: LoadedBack | null,
): readonly ExportDifference[] {
  const observed = exportFacts(request, answer);
  const refused = refusalDifference(request, observed);
  if (refused !== 'none') return refused === null ? [] : [refused];
  const expected = exportFacts(request, exportProgram(request));
  const told = [...expected].flatMap(([path, wanted]): ExportDifference[] => {
    const found = observed.get(path) ?? 'nothing';
    if (found === wanted || isLeftOut(path, found)) return [];
    return path === 'clauses'
      ? clauseDifferences(wanted, found)
      : [{ path, expected: wanted, observed: found, clause: clauseOf(path, request, found) }];
  });
  // A load differs by what stands in the program, and by no warning.
  const isOtherProgram = told.some(({ path }) => path !== 'warning');
  const loads = isOtherProgram ? [] : loadDifferences(loaded);
  return inOrder(withoutConsequences([...told, ...loads]));
}

/**
 * The difference where a request was to be refused and was not, or the other way round; null where
 * it was refused rightly, `none` where it was exported rightly.
 */
function refusalDifference(request: ExportRequest, observed: ExportFacts): ExportDifference | null | 'none' {
  const refusals = refusalsOf(request);
  const [first] = refusals;
  const found = observed.get('answer') ?? 'nothing';
  if (first === undefined) {
    if (found === 'exported') return 'none';
    return { path: 'answer', expected: 'exported', observed: found, clause: acceptingClause(request, found) };
  }
  const wanted = [...new Set(refusals.map(({ error }) => `refused with ${error}`))];
  if (wanted.includes(found)) return null;
  return { path: 'answer', expected: wanted.join(' or '), observed: found, clause: first.clause };
}

/**
 * The clause by which a request has to be carried out, where neither its compile specs nor its
 * engines are what it is refused for; `found` is how it was.
 */
export function acceptingClause({ format, budget }: ExportRequest, found: string): ClauseId {
  if (format !== EXECUTORCH_FORMAT) return 'WSB-EXPORT-22';
  if (budget !== null && isInteger(budget)) {
    if (budget.type !== 'int') return 'WSB-EXPORT-15';
    return found.endsWith('ValueError') ? 'WSB-EXPORT-12' : 'WSB-EXPORT-10';
  }
  return budget === null ? REFUSED_ENGINES : 'WSB-EXPORT-13';
}

/** A delegate need not name its device at all. */
function isLeftOut(path: string, found: string): boolean {
  return path.endsWith('.target_device') && found === 'none';
}

/** The clauses about programs that a program breaks, and the reference's does not. */
function clauseDifferences(wanted: string, found: string): ExportDifference[] {
  const known = wanted.split(', ');
  return (found.split(', ') as ClauseId[])
    .filter((clause) => clause.startsWith('WSB-') && !known.includes(clause))
    .map((clause) => ({
      path: 'program',
      expected: `keeps ${clause}`,
      observed: `breaks ${clause}`,
      clause,
    }));
}

function clauseOf(path: string, request: ExportRequest, found: string): ClauseId {
  const { budget, methods } = request;
  if (path === 'warning') {
    if (request.format !== EXECUTORCH_FORMAT) return 'WSB-EXPORT-22';
    return methods.some(({ engines }) => engines.length > 1) || hasOneEngine(request)
      ? 'WSB-EXPORT-20'
      : 'WSB-EXPORT-21';
  }
  if (path.endsWith('.budget')) {
    if (budget === null || budget.type === 'none') return 'WSB-EXPORT-13';
    return budget.type === 'int' || found === 'none' ? 'WSB-EXPORT-14' : 'WSB-EXPORT-15';
  }
  if (path.endsWith('.specs')) return 'WSB-EXPORT-19';
  if (path.endsWith('.target_device')) return 'WSB-EXPORT-05';
  return path.endsWith('.blob') || path.endsWith('.plan') ? 'WSB-EXPORT-24' : 'WSB-EXPORT-14';
}

function hasOneEngine({ methods }: ExportRequest): boolean {
  return methods.reduce((sum, { engines }) => sum + engines.length, 0) <= 1;
}

/** How the loads of both programs differ: how each step ended, and the budget of each engine. */
function loadDifferences(loaded: LoadedBack | null): ExportDifference[] {
  if (loaded === null) return [];
  const [wanted, found] = [
    loadFacts(loaded.expected),
    loaded.observed === null ? new Map<string, string>() : loadFacts(loaded.observed),
  ];
  return [...new Set([...wanted.keys(), ...found.keys()])].flatMap((path) => {
    const [expected, observed] = [wanted.get(path) ?? 'nothing', found.get(path) ?? 'nothing'];
    return expected === observed ? [] : [{ path, expected, observed, clause: 'WSB-EXPORT-14' as const }];
  });
}

function loadFacts(outcome: Outcome): Map<string, string> {
  return new Map([
    ['loaded', programText(outcome)],
    ...outcome.steps.map((step, at) => [`loaded.steps[${at}]`, stepText(step)] as const),
    ...outcome.engines.map(
      ({ applied, source }, at) =>
        [`loaded.engines[${at}]`, `${budgetText(applied)} from ${source ?? 'nothing'}`] as const,
    ),
  ]);
}

/** Clauses about a program that a wrong budget breaks besides. */
const OF_BUDGETS: readonly ClauseId[] = ['WSB-EXPORT-01'];

/** A program whose delegates differ among each other is told by that. */
function withoutConsequences(all: readonly ExportDifference[]): readonly ExportDifference[] {
  const isUneven = all.some(({ clause }) => clause === 'WSB-EXPORT-03' || clause === 'WSB-EXPORT-02');
  const [budgets, blobs] = ['.budget', '.blob'].map((end) => all.some(({ path }) => path.endsWith(end)));
  const isProgram = ({ path }: Difference): boolean => path === 'program';
  const hasNone = all.some(({ path, observed }) => path.endsWith('.budget') && observed === 'none');
  return all.filter((one) => {
    if (one.path === 'warning') return !hasNone;
    if (one.path.endsWith('.budget')) return !isUneven;
    if (!isProgram(one)) return true;
    if (OF_BUDGETS.includes(one.clause)) return budgets !== true;
    // Aliases that are lost change the magic, too; a device that is lost, what the target says.
    return !(blobs === true && (one.clause === 'WSB-EXPORT-06' || one.clause === 'WSB-EXPORT-05'));
  });
}

/** Clauses that advise: what breaks one of them alone is told last. */
const ADVISED: readonly ClauseId[] = [
  'WSB-EXPORT-05',
  'WSB-EXPORT-07',
  'WSB-EXPORT-08',
  'WSB-EXPORT-09',
  'WSB-EXPORT-19',
  'WSB-EXPORT-21',
];

function inOrder(all: readonly ExportDifference[]): readonly ExportDifference[] {
  const isAdvice = ({ clause }: ExportDifference): boolean => ADVISED.includes(clause);
  return [
    ...all.filter((one) => !isAdvice(one) && one.path !== 'warning'),
    ...all.filter((one) => !isAdvice(one) && one.path === 'warning'),
    ...all.filter(isAdvice),
  ];
}
