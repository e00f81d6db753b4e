import type { TopLevelSpec } from 'vega-lite';

/**
 * Draws a chart as SVG, the same bytes for the same chart. Places are to a tenth of a pixel: Vega
 * writes all digits that it has. Vega is loaded here alone, since only those who draw wait for it.
 */
export async function renderChart(spec: TopLevelSpec): Promise<string> {
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none' });
  try {
    return `${shortened(await view.toSVG())}\n`;
  } finally {
    view.finalize();
  }
}

/** What Vega writes and every viewer takes for granted, or shows nothing of. */
const EMPTY =
  /<path d="(?:M0,0h0v0h0Z)?"[^>]*\/>|<g(?: [^>]*)?\/>|<g(?: [^>]*[^/>])?><\/g>|<text[^>]* opacity="0"[^>]*>[^<]*<\/text>/g;
const NEEDLESS =
  / (?:class|role|aria-[a-z]+|pointer-events|stroke-miterlimit)="[^"]*"| (?:opacity|fill-opacity)="1"| transform="translate\(0,0\)"/g;
const LONG_NUMBER = /-?\d+\.\d\d+/g;

/** The same picture in fewer characters. Texts are left as they are. */
function shortened(svg: string): string {
  const short = svg.replace(/<[^>]+>/g, (tag) =>
    tag
      .replace(NEEDLESS, '')
      .replace(/^<text(.*) font-family="sans-serif"/, '<text$1')
      .replace(LONG_NUMBER, (number) => String(Number(Number(number).toFixed(1)))),
  );
  return withoutEmpty(short).replace('<svg ', '<svg font-family="sans-serif" ');
}

/** A group may be empty only when what was in it is gone. */
function withoutEmpty(svg: string): string {
  const less = svg.replace(EMPTY, '');
  return less === svg ? svg : withoutEmpty(less);
}
