import { type CaseSequence, othersOf } from '../model/case-sequence.js';
import { outcomeLines } from '../model/outcome-lines.js';
import { requestLines } from '../model/request-lines.js';
import { noVerdicts, type Verdict } from '../model/verdict.js';
import type { Mismatch } from '../model/mismatch.js';
import { incidentLines } from '../report/finding-text.js';
import { countText } from '../model/count-text.js';
import { conclude } from '../run/conclusion.js';
import { lackingDepth, replaySequence, type SequenceReplay } from '../run/replay-sequence.js';
import { verdictOf } from '../attribution/mismatch-verdict.js';
import { loadClauses } from '../spec/load-clauses.js';
import type { OpenSubject } from '../subjects/open-subject.js';
import { decodeOutcome } from '../wire/decode-outcome.js';
import { lineList, visible } from '../model/visible-text.js';
import { type Output, UsageError } from './output.js';

/** Earlier cases that are shown. */
const SHOWN = 8;

/**
 * Runs a sequence in a fresh process of a subject, which is closed then, and shows what came of its
 * last case.
 *
 * @returns the exit code, as a run of that case alone
 * @throws UsageError when the subject lacks the depth of one of its cases.
 */
export async function showSequence(
  root: string,
  opened: OpenSubject,
  sequence: CaseSequence,
  { out }: Output,
): Promise<number> {
  const lacking = lackingDepth(sequence, opened);
  if (lacking !== null) {
    await opened.subject.close();
    throw new UsageError(
      `${opened.subject.name} cannot be asked at ${lacking} depth, as this sequence does.`,
    );
  }
  const replay = await replaySequence(opened, sequence).catch(async (error: unknown) => {
    await opened.subject.close().catch(() => undefined);
    throw error;
  });
  await opened.subject.close();
  const lines = sequenceLines(opened.subject.name, sequence, replay);
  out(lineList(lines.map((line) => visible`${line}`)));
  const verdict = verdictOfReplay(replay);
  const verdicts = { ...noVerdicts(), [verdict]: 1 };
  return conclude({ verdicts, findings: [], clauses: loadClauses(root), demonstration: null }).exitCode;
}

function verdictOfReplay({ behind }: SequenceReplay): Verdict {
  return behind === null ? 'pass' : verdictOf(behind);
}

function sequenceLines(subject: string, sequence: CaseSequence, replay: SequenceReplay): readonly string[] {
  const last = sequence.at(-1)?.case;
  if (last === undefined) return [];
  const others = othersOf(sequence);
  const earlier = sequence.map(({ case: one, times }, at) => {
    const count = at === sequence.length - 1 ? times - 1 : times;
    return count === 0 ? [] : [`${countText(count)} x ${one.id}`];
  });
  const shown = earlier.flat().slice(0, SHOWN);
  const more = earlier.flat().length - shown.length;
  const { behind } = replay;
  return [
    `${last.id} (${last.clauses.join(', ')}), subject ${subject}`,
    ...requestLines(last.request).map(indented),
    `after ${loads(others)} in the same process`,
    ...[...shown, ...(more === 0 ? [] : [`and ${countText(more)} more`])].map(indented),
    ...(behind === null ? [] : outcomeTexts(behind)),
    againText(replay, others),
    verdictOfReplay(replay),
  ];
}

function outcomeTexts(mismatch: Mismatch): readonly string[] {
  const { incident, observed } = mismatch;
  return [
    'expected',
    ...outcomeLines(decodeOutcome(mismatch.expected)).map(indented),
    'observed',
    ...(incident === undefined ? outcomeLines(decodeOutcome(observed)) : incidentLines(incident)).map(
      indented,
    ),
  ];
}

/** Whether it came back, and what the case does alone. */
function againText({ behind, alone }: SequenceReplay, others: number): string {
  if (behind === null) return `It did not come back: the last case passes behind ${loads(others)}.`;
  if (others === 0) return 'It came back.';
  return alone === null
    ? `It came back: only after ${loads(others)}; alone the case passes.`
    : 'It came back. The case fails alone, too.';
}

function loads(count: number): string {
  return count === 1 ? '1 other load' : `${countText(count)} other loads`;
}

function indented(line: string): string {
  return `  ${line}`;
}
