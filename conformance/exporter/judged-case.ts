import { exportProgram } from '../../reference/exporter/export-program.js';
import type { ExportAnswer } from '../../reference/exporter/export-answer.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Outcome } from '../../reference/outcome/outcome.js';
import type { Case } from '../model/case.js';
import type { ExportCase } from '../model/export-case.js';
import { answerLines } from '../model/export-lines.js';
import type { Finding } from '../model/finding.js';
import { fingerprint } from '../model/fingerprint.js';
import type { Incident } from '../model/incident.js';
import { NO_OUTCOME } from '../model/no-outcome.js';
import type { ProgramSource } from '../model/request-spec.js';
import type { Verdict } from '../model/verdict.js';
import { isIncident } from './exporter.js';
import type { ExportDifference, LoadedBack } from './judge-export.js';
import { loadRequest } from './load-back.js';

/** What came of one case. */
export interface JudgedExport {
  readonly case: ExportCase;
  readonly answer: ExportAnswer | Incident;
  /** Null where nothing was loaded. */
  readonly loaded: LoadedBack | null;
  /** Empty where the exporter did as the reference, or there was no answer. */
  readonly differences: readonly ExportDifference[];
}

/** Whether an exporter did as it has to. */
export function isRight({ answer, differences }: JudgedExport): boolean {
  return !isIncident(answer) && differences.length === 0;
}

/** The difference that a case is told by: its own clause's where that is one, else the first. */
export function mainDifference({ case: one, differences }: JudgedExport): ExportDifference | undefined {
  return differences.find(({ clause }) => clause === one.clauses[0]) ?? differences[0];
}

/** The finding that a case makes with a verdict, under the clause that is broken. */
export function exportFinding(judged: JudgedExport, clause: ClauseId, verdict: Verdict): Finding {
  const { case: one, answer, loaded, differences } = judged;
  const [broken, others] = [
    differences.filter((each) => each.clause === clause),
    differences.filter((each) => each.clause !== clause),
  ];
  const told = [...broken, ...others].map(({ path, expected, observed }) => ({ path, expected, observed }));
  const incident = isIncident(answer) ? answer : null;
  return {
    fingerprint: fingerprint(verdict, clause, incident?.signal),
    verdict,
    clause,
    case: caseOf(one, clause, answer),
    expected: loaded?.expected ?? NO_OUTCOME,
    observed: observedOf(loaded),
    differences: told,
    occurrences: 1,
    ...(incident === null ? {} : { incident }),
    exported: {
      case: one,
      expected: [
        ...answerLines(exportProgram(one.request)),
        ...told.map(({ path, expected }) => `${path}: ${expected}`),
      ],
      observed: [
        ...(isIncident(answer) ? [] : answerLines(answer)),
        ...told.map(({ path, observed }) => `${path}: ${observed}`),
      ],
    },
  };
}

function observedOf(loaded: LoadedBack | null): Outcome {
  return loaded?.observed ?? NO_OUTCOME;
}

/** The load of what came back. */
function caseOf(one: ExportCase, clause: ClauseId, answer: JudgedExport['answer']): Case {
  const program = answer.kind === 'exported' ? answer.program : null;
  const bytes = program ?? new Uint8Array(0);
  const source: ProgramSource =
    bytes.length > 0
      ? { kind: 'bytes', bytes }
      : { kind: 'methods', methods: one.request.methods.map(({ name }) => ({ name, delegates: [] })) };
  return {
    id: one.id,
    clauses: one.kind === 'generated' ? [clause] : one.clauses,
    kind: one.kind,
    title: one.title,
    request: { ...loadRequest(bytes), program: source },
    expectation: null,
  };
}
