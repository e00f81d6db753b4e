import { exportProgram } from '../../reference/exporter/export-program.js';
import { rulesUnder, runReference } from '../../reference/index.js';
import { AREAS as LOAD_CASES } from '../cases/all-cases.js';
import { brokenClauses } from '../cases/broken-clauses.js';
import { buildProgram, buildRequest } from '../model/build-request.js';
import type { Case } from '../model/case.js';
import { EXPORT } from '../cases/export.js';
import { EXPORTERS } from '../cases/exporters.js';
import type { ExportCase } from '../model/export-case.js';
import { answerLines } from '../model/export-lines.js';
import { blobText, writtenDelegates } from '../model/written-delegates.js';
import type { ProgramCase } from '../model/scenario/program-case.js';
import { encodedOutcome } from '../wire/encode-outcome.js';

/** What coverage needs to know of a case: what it is for, and what is expected of it. */
export interface CoveringCase extends Pick<Case, 'id' | 'clauses' | 'kind'> {
  /** What its author states, in words. */
  readonly stated: string;
  /** What the reference expects, in a form in which equal outcomes are equal texts. */
  readonly expected: string;
}

/** The cases of one topic, which is the name of an area: the file conformance/cases/TOPIC.ts. */
export interface CaseFile {
  readonly topic: string;
  readonly cases: readonly CoveringCase[];
}

/** Where the cases of a topic stand: a path below the root of the suite. */
export function caseFilePath(topic: string): string {
  return `conformance/cases/${topic}.ts`;
}

/**
 * Every written case by topic, with what the reference expects of it: those that load a program,
 * and those that judge one.
 */
export function loadCaseFiles(): readonly CaseFile[] {
  return [
    ...Object.entries(LOAD_CASES).map(([topic, cases]) => ({ topic, cases: cases.map(loadCase) })),
    { topic: 'export', cases: [...EXPORT.map(programCase), ...EXPORTERS.map(exportCase)] },
  ];
}

function loadCase({ id, clauses, kind, request, policy = 'upstream', expectation }: Case): CoveringCase {
  const rules = rulesUnder(policy);
  const expected = Buffer.from(encodedOutcome(runReference(buildRequest(request), { rules }))).toString(
    'base64',
  );
  return { id, clauses, kind, stated: expectation?.text ?? '', expected };
}

/** Programs differ in more than their clause is about, so only what an answer says is compared. */
function exportCase({ id, clauses, kind, request, expectation }: ExportCase): CoveringCase {
  const answer = exportProgram(request);
  const expected = [...answerLines(answer), answer.kind === 'exported' ? delegateLines(answer.program) : ''];
  return { id, clauses, kind, stated: expectation?.text ?? '', expected: expected.join('; ') };
}

function delegateLines(program: Uint8Array | null): string {
  const delegates = program === null ? [] : (writtenDelegates(program) ?? []);
  return delegates.map(({ specs, blob }) => `${JSON.stringify(specs)} ${blobText(blob)}`).join('; ');
}

function programCase({ id, clauses, kind, program, verdict }: ProgramCase): CoveringCase {
  const broken = brokenClauses(buildProgram(program));
  return { id, clauses, kind, stated: verdict, expected: broken?.join(' ') ?? 'unreadable' };
}
