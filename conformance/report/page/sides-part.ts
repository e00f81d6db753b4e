import type { Finding } from '../../model/finding.js';
import { outcomeLines } from '../../model/outcome-lines.js';
import { incidentLines } from '../finding-text.js';
import { compared, marked } from './differing.js';
import { markup, type Markup } from './markup.js';

/** What was expected and what was observed, side by side; the first line that differs is marked. */
export function sidesPart(finding: Finding): Markup {
  const observed =
    finding.incident === undefined ? outcomeLines(finding.observed) : incidentLines(finding.incident);
  const both = compared(outcomeLines(finding.expected), observed);
  return markup`<div class="sides">
    ${side('Expected', both.expected, both.observed, both.first)}
    ${side('Observed', both.observed, both.expected, both.first)}
  </div>`;
}

function side(title: string, own: readonly string[], other: readonly string[], first: number): Markup {
  const rows = own.map((line, at) =>
    at === first ? markup`<li class="first">${marked(line, other[at] ?? '')}</li>` : markup`<li>${line}</li>`,
  );
  const nothing = first >= own.length ? markup`<li class="first"><mark>nothing more</mark></li>` : null;
  return markup`<div>
    <h5>${title}</h5>
    <ol>
      ${rows}${nothing}
    </ol>
  </div>`;
}
