/** Colours of a chart: properties of page.css, so that a chart follows light and dark. */
export const INK = 'var(--ink)';
export const SOFT = 'var(--soft)';
export const GRID = 'var(--line)';
export const COLOURS = {
  good: 'var(--good)',
  bad: 'var(--bad)',
  open: 'var(--open)',
  plain: 'var(--plain)',
  rule: 'var(--accent)',
} as const;

/** What all charts of a page have in common, in the terms of Vega-Lite. */
export const CHART_CONFIG = {
  aria: false,
  background: 'transparent',
  font: 'inherit',
  view: { stroke: GRID },
  axis: {
    labelColor: INK,
    titleColor: SOFT,
    gridColor: GRID,
    domainColor: GRID,
    tickColor: GRID,
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
  },
  legend: {
    labelLimit: 0,
    labelColor: INK,
    titleColor: SOFT,
    labelFontSize: 12,
    symbolStrokeWidth: 2,
    orient: 'top',
  },
} as const;
