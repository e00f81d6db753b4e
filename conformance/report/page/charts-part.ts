import type { TopLevelSpec } from 'vega-lite';
import { renderChart } from '../../chart/render-chart.js';
import type { ToldReport } from '../told-report.js';
import { areasTable } from './areas-table.js';
import { budgetChart } from './budget-chart.js';
import { budgetPoints } from './budget-points.js';
import { casesChart } from './cases-chart.js';
import { markup, Markup, type Part } from './markup.js';
import { memoryChart, memoryPoints } from './memory-chart.js';

/** The charts of a report: its cases, the budgets that were applied, and what a device showed. */
export async function chartsPart(report: ToldReport): Promise<Markup> {
  const { name } = report.header.subject;
  const budgets = budgetPoints(report);
  const wrong = budgets.filter(({ kind }) => kind === 'should be otherwise').length;
  const loads = memoryPoints(report.checks);
  const figures = [
    report.areas.length === 0
      ? null
      : await figure(
          `Cases of ${name} by area and how they ended`,
          casesChart(report.areas),
          areasTable(report),
        ),
    budgets.length === 0
      ? null
      : await figure(
          `Budgets that ${name} applied, over what the engine can stream`,
          budgetChart(budgets),
          markup`<p>
            ${budgets.length} different pairs of sizes, ${wrong} of them of findings. The dashed line is the
            rule: no budget may be larger than the streamable size (WSB-APPLY-01).
          </p>`,
        ),
    loads.length === 0
      ? null
      : await figure(
          `Free device memory, and what loaded of ${name}`,
          memoryChart(loads),
          markup`<p>
            ${loads.filter(({ end }) => end === 'loaded').length} of ${loads.length} loads ended well.
          </p>`,
        ),
  ];
  return markup`<div class="charts">${figures}</div>`;
}

async function figure(title: string, spec: TopLevelSpec, beside: Part): Promise<Markup> {
  const svg = await renderChart(spec);
  return markup`<figure class="chart">
    <figcaption>${title}</figcaption>
    <div class="scroll" tabindex="0" role="group" aria-label="Chart: ${title}">
      <div role="img" aria-label="${title}">${new Markup(svg)}</div>
    </div>
    ${beside}
  </figure>`;
}
