import type { Finding } from '../model/finding.js';
import type { NotRun } from '../run/not-run.js';
import type { Conclusion } from '../run/conclusion.js';
import { isWhole } from '../run/conclusion.js';
import type { Demonstration } from '../coverage/demonstration.js';
import { countText } from '../model/count-text.js';

/** Clauses that are named; further ones are counted. */
const NAMED = 12;

/** What the last line of a run is made from. */
export interface Concluded {
  readonly conclusion: Conclusion;
  readonly findings: readonly Pick<Finding, 'clause' | 'verdict'>[];
  /** Entries of the list of expected failures that no longer hold. */
  readonly stale: number;
  /** What the run left out because it ended early. */
  readonly notRun?: NotRun | null;
}

const UNANSWERED =
  'The subject did not answer in time again and again, so the run ended early: nothing can be said of its delegate.';

function isUnanswered(findings: Concluded['findings']): boolean {
  const verdicts = findings.map(({ verdict }) => verdict);
  return verdicts.includes('timed-out') && !verdicts.includes('protocol-error');
}

/** What a run says of its subject, in one line; the same text in every report. */
export function conclusionText(concluded: Concluded): string {
  const { notRun = null } = concluded;
  return `${saidText(concluded)}${notRun === null ? '' : ` ${endedText(notRun)}`}`;
}

/** What a run that ended early left out, by area, in one line. */
export function notRunText({ areas }: NotRun): string {
  const named = areas.map(({ area, cases }) => `${area} ${countText(cases)}`);
  return `Not run: ${named.join(', ')}.`;
}

function endedText({ reason, cases }: NotRun): string {
  const why =
    reason === 'budget' ? 'The time of --budget was up' : 'The run ended at its first failure (--fail-fast)';
  return `${why}: ${cases === 1 ? '1 case was' : `${countText(cases)} cases were`} not run.`;
}

function saidText({ conclusion, findings, stale }: Concluded): string {
  const { outcome, demonstration, broken } = conclusion;
  const advice = advisedText(findings, broken);
  switch (outcome) {
    case 'subject-broken':
      if (isUnanswered(findings)) return UNANSWERED;
      return 'The subject broke the protocol: nothing can be said of its delegate. See above what it did.';
    case 'does-not-conform':
      return `The subject does not conform${toProfile(demonstration)}: ${brokenText(conclusion)}.`;
    case 'stale-expectations':
      return `${staleText(stale)}${advice}`;
    case 'incomplete':
      return `${incompleteText(demonstration)}${besidesText(findings)}${advice}`;
    case 'as-expected':
      return `The subject does as its list of expected failures says, and nothing else fails: ${listedText(findings, demonstration)}.${advice}`;
    case 'kept':
      return `${keptText(demonstration)}${advice}`;
    case 'conforms':
      return `The subject conforms${toProfile(demonstration)} (${shownText(demonstration)} demonstrated).${advice}`;
  }
}

function toProfile(demonstration: Demonstration | null): string {
  return demonstration === null ? '' : ` to profile ${demonstration.profile}`;
}

function brokenText({ broken, failed, answered, unanswered }: Conclusion): string {
  const cases = failed === 1 ? '1 case' : `${countText(failed)} cases`;
  if (answered === 0) return `it answered none of the cases that it was sent; ${cases} crashed or timed out`;
  const silent = unanswered === 0 ? '' : `; ${countText(unanswered)} of them ended without an answer`;
  if (broken.length === 0) return `${cases} failed${silent}`;
  const clauses = broken.length === 1 ? '1 clause is' : `${broken.length} clauses are`;
  return `${clauses} broken in ${cases}${silent} (${namesText(broken)})`;
}

function staleText(stale: number): string {
  const entries = stale === 1 ? '1 entry' : `${stale} entries`;
  return (
    'The run fails: the list of expected failures no longer holds' +
    (stale === 0 ? '' : ` (${entries}, see below)`) +
    '. Nothing else decides against the subject.'
  );
}

function incompleteText(demonstration: Demonstration | null): string {
  if (demonstration === null) return 'incomplete: the subject answered none of these cases.';
  const { profile, clauses, missing, unchosen } = demonstration;
  if (clauses.length === 0) {
    return `incomplete: no clause of profile ${profile} was chosen, so nothing was demonstrated.`;
  }
  if (missing.length === 0) return 'incomplete: some cases ended without a verdict.';
  const of = unchosen === null ? '' : `of the ${clauses.length} chosen, `;
  const what = `${missing.length} ${nounOf(demonstration, missing.length)}`;
  return (
    `incomplete: ${of}${what} of profile ${profile} not demonstrated (${namesText(missing)}). ` +
    `Each needs its control, violation and boundary cases answered${untoldText(demonstration)}; see --profile and --require in run --help.`
  );
}

/** What the subject has to tell besides. */
function untoldText({ untold = [] }: Demonstration): string {
  return untold.length === 0 ? '' : `, and some of them what the subject does not tell: ${untold.join(', ')}`;
}

function keptText(demonstration: Demonstration | null): string {
  if (demonstration === null) return 'The subject does as it should in what was asked of it.';
  const { profile, lowered, unchosen } = demonstration;
  const shown = shownText(demonstration);
  if (unchosen !== null) {
    return `The subject keeps what was chosen of profile ${profile} (${shown} chosen demonstrated); a part of the cases shows no conformance.`;
  }
  return `The subject keeps what was required of profile ${profile} (${shown} required demonstrated); without ${namesText(lowered)}, which --require left out, that is no conformance.`;
}

/** What is required: MUST clauses, where neither a filter nor `--require` names others. */
function nounOf({ raised, unchosen }: Demonstration, count: number): string {
  const must = raised.length === 0 && unchosen === null ? 'MUST ' : '';
  return `${must}${count === 1 ? 'clause' : 'clauses'}`;
}

/** Such as `141 of 141 MUST clauses`. */
function shownText(demonstration: Demonstration | null): string {
  if (demonstration === null) return 'nothing';
  const { clauses, missing } = demonstration;
  return `${clauses.length - missing.length} of ${clauses.length} ${nounOf(demonstration, 2)}`;
}

/** What fails besides, as it is expected to; empty where nothing does. */
function besidesText(findings: Concluded['findings']): string {
  const names = listedClauses(findings);
  if (names.length === 0) return '';
  const clauses = names.length === 1 ? '1 clause' : `${names.length} clauses`;
  return ` It breaks ${clauses} (${namesText(names)}), as its list of expected failures says.`;
}

function listedClauses(findings: Concluded['findings']): readonly string[] {
  const listed = findings.filter(({ verdict }) => verdict === 'expected-fail');
  return [...new Set(listed.map(({ clause }) => clause))];
}

function listedText(findings: Concluded['findings'], demonstration: Demonstration | null): string {
  const names = listedClauses(findings);
  const part = demonstration === null || isWhole(demonstration) ? '' : ', in what was chosen';
  return `it breaks ${names.length === 1 ? '1 clause' : `${names.length} clauses`} (${namesText(names)})${part}, and so does not conform${toProfile(demonstration)}`;
}

function advisedText(findings: Concluded['findings'], broken: readonly string[]): string {
  const advised = findings
    .filter(({ verdict, clause }) => verdict === 'fail' && !broken.includes(clause))
    .map(({ clause }) => clause);
  const names = [...new Set(advised)];
  return names.length === 0 ? '' : ` Broken SHOULD clauses, which do not decide: ${namesText(names)}.`;
}

/** The first of the names, and how many more there are. */
function namesText(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).join(', ');
  return names.length > NAMED ? `${shown} and ${names.length - NAMED} more` : shown;
}
