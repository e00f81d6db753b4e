import type * as VegaModule from 'vega';
import type { compile as compileSpec, TopLevelSpec } from 'vega-lite';
import { SubjectError } from '../subjects/subject-error.js';

/**
 * Draws a chart as SVG.
 *
 * @throws SubjectError when Vega is not installed: only those who draw need it
 */
export async function renderChart(spec: TopLevelSpec): Promise<string> {
  const { vega, compile } = await loadVega();
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none' });
  try {
    return `${await view.toSVG()}\n`;
  } finally {
    view.finalize();
  }
}

interface Vega {
  readonly vega: typeof VegaModule;
  readonly compile: typeof compileSpec;
}

async function loadVega(): Promise<Vega> {
  try {
    const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
    return { vega, compile };
  } catch (cause) {
    throw new SubjectError('missing', 'Drawing needs Vega: npm install --no-save vega vega-lite', { cause });
  }
}
