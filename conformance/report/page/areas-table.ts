import { countText } from '../../model/count-text.js';
import { VERDICTS } from '../../model/verdict.js';
import { timeText } from '../table.js';
import type { ToldReport } from '../told-report.js';
import { markup, type Markup } from './markup.js';

/** The areas of a run with their cases by verdict: the numbers of the chart above it. */
export function areasTable({ areas, header: { subject } }: ToldReport): Markup {
  const shown = VERDICTS.filter((verdict) => areas.some(({ verdicts }) => verdicts[verdict] > 0));
  const heads = ['area', 'cases', ...shown.map((verdict) => verdict.replace('-', ' ')), 'time'];
  const rows = areas.map(
    ({ name, cases, verdicts, milliseconds }) =>
      markup`<tr>
        <th scope="row">${name}</th>
        <td>${countText(cases)}</td>
        ${shown.map((verdict) => markup`<td>${countText(verdicts[verdict])}</td>`)}
        <td>${timeText(milliseconds)}</td>
      </tr>`,
  );
  return markup`<details>
    <summary>The same as a table</summary>
    <div class="scroll" role="region" aria-label="Cases of ${subject.name} by area" tabindex="0">
      <table class="numbers">
        <thead>
          <tr>
            ${heads.map((head) => markup`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </details>`;
}
