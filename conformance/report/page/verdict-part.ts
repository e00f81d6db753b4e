import { countText } from '../../model/count-text.js';
import { queriesText } from '../../model/filter.js';
import { timeText } from '../table.js';
import type { ToldReport } from '../told-report.js';
import { markup, type Markup } from './markup.js';
import { endOf } from './verdict-words.js';

/** What a run came to, in words, with what it was held against and what was not demonstrated. */
export function verdictPart(report: ToldReport): Markup {
  const [words, tone] = endOf(report);
  const { subject } = report.header;
  return markup`<article class="verdict ${tone}">
    <p class="end">${words}</p>
    <h2>${subject.name}</h2>
    <p class="conclusion">${report.conclusion}</p>
    <dl class="facts">
      ${factsOf(report).map(
        ([name, value]) =>
          markup`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    ${missingPart(report)}
  </article>`;
}

function factsOf({
  header,
  areas,
  demonstrated,
  findings,
  milliseconds,
}: ToldReport): readonly (readonly [string, string])[] {
  const { subject, tool, specification, profile, seed, filter, started } = header;
  const versions = Object.entries(subject.versions).map(([name, version]) => `${name} ${version}`);
  const cases = areas.reduce((sum, area) => sum + area.cases, 0);
  return [
    ['profile', profile],
    ...(demonstrated === null
      ? []
      : [
          [
            'demonstrated',
            `${demonstrated.required - demonstrated.missing.length} of ${demonstrated.required} required clauses`,
          ] as const,
        ]),
    ['findings', countText(findings.length)],
    ['cases', `${countText(cases)} in ${timeText(milliseconds)}`],
    ['made of', versions.join(', ')],
    ['suite', `${tool.name} ${tool.version}, specification ${specification}`],
    ['seed', seed],
    ...(filter === null ? [] : [['filter', queriesText(filter)] as const]),
    ['started', started],
  ];
}

/** Clauses that are named before the others, which can be unfolded. */
const NAMED = 12;

function missingPart({ demonstrated }: ToldReport): Markup | null {
  const missing = demonstrated?.missing ?? [];
  if (missing.length === 0) return null;
  const names = missing.map((id) => markup`<li><a href="#${id}">${id}</a></li>`);
  const what = `Not demonstrated: ${missing.length} of ${demonstrated?.required ?? 0} required clauses`;
  if (missing.length <= NAMED)
    return markup`<p>${what}</p>
      <ul class="ids">
        ${names}
      </ul>`;
  return markup`<details>
    <summary>${what}</summary>
    <ul class="ids">
      ${names}
    </ul>
  </details>`;
}
