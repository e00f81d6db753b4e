import { countText } from '../../model/count-text.js';
import { findingMessage } from '../../model/finding-message.js';
import { isState, recurrenceText } from '../../model/recurrence.js';
import { requestLines } from '../../model/request-lines.js';
import { inlineCase } from '../../wire/json/inline-case.js';
import { replayedJson } from '../replayed-json.js';
import { callsPart } from './calls-part.js';
import type { PageFinding } from './causes.js';
import { hexPart } from './hex-part.js';
import { markup, textLines, type Markup } from './markup.js';
import { programPart } from './program-part.js';
import { sidesPart } from './sides-part.js';
import { verdictBadge } from './verdict-words.js';

/** Lines of a request that are shown. */
const MOST_LINES = 40;

/** The id of a finding in the page. */
export function findingId({ finding, subject }: PageFinding): string {
  return `finding-${subject}-${finding.fingerprint}`;
}

/** A finding in a line: how it ended, its case, and how many cases show it. */
export function findingSummary({ finding }: PageFinding, subject: string | null): Markup {
  const { verdict, occurrences, case: one } = finding;
  return markup`${verdictBadge(verdict)} <code>${one.id}</code>
    <span class="count">${occurrences === 1 ? '1 case' : `${countText(occurrences)} cases`}</span
    >${subject === null ? null : markup` <span class="of">${subject}</span>`}`;
}

/** What is said of every finding, drawn or not: the first difference, and how to see it again. */
export function findingBrief({ finding, replay }: PageFinding): Markup {
  const again = recurrenceText(finding.recurrence);
  const state = isState(finding.recurrence) ? ': the delegate keeps something from load to load' : '';
  return markup`<p class="message">${findingMessage(finding)}</p>
    ${again === null ? null : markup`<p class="again">Comes back ${again}${state}.</p>`}
    ${finding.also === undefined ? null : markup`<p>The same fault breaks ${finding.also.join(', ')}.</p>`}
    <div class="replay"><code>${replay}</code></div>`;
}

/** A finding drawn: the program, what was done, both outcomes, the calls, and the bytes. */
export function findingDrawing(one: PageFinding): Markup {
  const { finding } = one;
  const lines = requestLines(finding.case.request);
  const more = lines.length > MOST_LINES ? [`… and ${lines.length - MOST_LINES} more lines`] : [];
  return markup`<h5>The smallest program, and where each budget comes from</h5>
    ${programPart(finding)}
    <details class="asked">
      <summary>What is done with it</summary>
      <pre>${textLines([...lines.slice(0, MOST_LINES), ...more])}</pre>
    </details>
    ${sidesPart(finding)} ${callsPart(finding)} ${hexPart(finding)} ${inlinePart(one)}`;
}

/** Characters of a case in a command; what is longer is replayed from its file. */
const LONGEST_INLINE = 1500;

/** The command for who has this page alone: it holds the case itself. */
function inlinePart({ finding, replay }: PageFinding): Markup | null {
  const text = inlineCase(replayedJson(finding));
  const at = replay.lastIndexOf(' --case ');
  if (text.length > LONGEST_INLINE || at < 0) return null;
  return markup`<h5>Without the file of its case</h5>
    <div class="replay inline"><code>${replay.slice(0, at)} --case ${text}</code></div>`;
}
