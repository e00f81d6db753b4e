import { buildRequest } from '../model/build-request.js';
import { outcomeLines } from '../model/outcome-lines.js';
import { requestLines } from '../model/request-lines.js';
import { decodeOutcome } from '../wire/decode-outcome.js';
import { encodedOutcome } from '../wire/encode-outcome.js';
import { incidentLines } from '../report/finding-text.js';
import type { Mismatch } from '../model/mismatch.js';
import { conclude } from '../run/conclusion.js';
import { replayCase } from '../run/replay-case.js';
import { underPolicy } from '../oracle/under-policy.js';
import { Attribution } from '../attribution/attribution.js';
import { Ledger } from '../attribution/ledger.js';
import { isQuiet, verdictOf } from '../attribution/mismatch-verdict.js';
import { noVerdicts } from '../model/verdict.js';
import { loadClauses } from '../spec/load-clauses.js';
import type { OpenSubject } from '../subjects/open-subject.js';
import { UndefinedBehaviourError, UnmodelledProgramError } from '../../reference/index.js';
import type { Case } from '../model/case.js';
import type { Oracle } from '../oracle/oracle.js';
import { programVerdict } from '../run/program-verdict.js';
import { VERDICT_EXITS, verdictLines } from './program-command.js';
import type { Output } from './output.js';
import { openChosen } from './open-chosen.js';
import { readReplay } from './read-case.js';
import { showSequence } from './show-sequence.js';
import type { ChosenSubject } from './subject-options.js';
import { lineList, visible } from '../model/visible-text.js';

/**
 * Runs one case from a file and shows what was expected and what was observed.
 *
 * @returns the exit code, as a run of this case alone
 * @throws UsageError when the file is missing or is not a case.
 */
export async function replay(
  root: string,
  chosen: ChosenSubject,
  file: string,
  output: Output,
): Promise<number> {
  const one = readReplay(root, file);
  const opened = await openChosen(root, chosen);
  if (!('request' in one)) return showSequence(root, opened, one, output);
  try {
    return await showCase(root, opened, one, output);
  } catch (error) {
    await opened.subject.close().catch(() => undefined);
    throw error;
  }
}

/** Runs a case on a subject, which is closed then, and shows it; gives the exit code. */
async function showCase(root: string, opened: OpenSubject, one: Case, output: Output): Promise<number> {
  if (one.isolated === true || namesNoOutcome(opened.oracle, one)) return showAlone(opened, one, output.out);
  const { expected: fixed } = underPolicy({ case: one, expected: null }, opened.policies);
  const wanted = encodedOutcome(fixed ?? opened.oracle(buildRequest(one.request)));
  const mismatch = (await replayCase(opened, one, wanted)) ?? undefined;
  await opened.subject.close();
  const verdict = mismatch === undefined ? 'pass' : verdictOf(mismatch);
  const findings =
    mismatch === undefined || isQuiet(verdict)
      ? []
      : [new Attribution(opened.oracle, new Ledger()).fixed(one, mismatch)];
  const verdicts = { ...noVerdicts(), [verdict]: 1 };
  const lines = [
    visible`${one.id} (${one.clauses.join(', ')}), subject ${opened.subject.name}`,
    ...requestLines(one.request).map((line) => visible`  ${line}`),
    visible`expected`,
    ...outcomeLines(decodeOutcome(mismatch?.expected ?? wanted)).map((line) => visible`  ${line}`),
  ];
  if (mismatch !== undefined) {
    lines.push(visible`observed`, ...observedLines(mismatch).map((line) => visible`  ${line}`));
  }
  output.out(lineList([...lines, visible`${verdict}`]));
  return conclude({ verdicts, findings, clauses: loadClauses(root), demonstration: null }).exitCode;
}

/** Whether what comes of a case is not defined, or not modelled. */
function namesNoOutcome(oracle: Oracle, { request }: Case): boolean {
  try {
    oracle(buildRequest(request));
    return false;
  } catch (error) {
    if (error instanceof UndefinedBehaviourError || error instanceof UnmodelledProgramError) return true;
    throw error;
  }
}

/** Runs a case in a process of its own, and says whether it does as the reference, if that says. */
async function showAlone(opened: OpenSubject, one: Case, out: Output['out']): Promise<number> {
  try {
    const told = await programVerdict(opened, buildRequest(one.request));
    const title = visible`${one.id} (${one.clauses.join(', ')}), subject ${opened.subject.name}`;
    const lines = requestLines(one.request).map((line) => visible`  ${line}`);
    out(lineList([title, ...lines, ...verdictLines(told)]));
    return VERDICT_EXITS[told.verdict];
  } finally {
    await opened.subject.close().catch(() => undefined);
  }
}

function observedLines({ incident, observed }: Mismatch): readonly string[] {
  return incident === undefined ? outcomeLines(decodeOutcome(observed)) : incidentLines(incident);
}
