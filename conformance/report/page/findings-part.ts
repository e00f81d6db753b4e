import { gzipSync } from 'node:zlib';
import { countText } from '../../model/count-text.js';
import type { Clause } from '../../spec/clause.js';
import { areaOf } from '../../spec/areas.js';
import { causesOf, type Cause, type PageFinding } from './causes.js';
import { findingBrief, findingDrawing, findingId, findingSummary } from './finding-part.js';
import { markup, Markup } from './markup.js';
import { ruleText } from './rule-text.js';
import { badge } from './verdict-words.js';

/** Characters of drawings that stand in the page as they are; the others are packed. */
const MOST_OPEN = 300_000;
/** Characters of packed drawings, and of lines for findings, that a page has at most. */
const MOST_PACKED = 700_000;
const MOST_LINES = 1_300_000;
/** Drawings that are packed together. */
const PACK = 64;

/** What becomes of findings in a page. */
interface Laid {
  readonly drawing: Markup;
  readonly opened: boolean;
}

/**
 * Findings by their cause. The smallest program of each cause is drawn in the page as long as there
 * is room; the drawings of the others are packed, and unpacked by the script when they are opened.
 * Without it their first difference and their command are there all the same.
 */
export function findingsPart(
  findings: readonly PageFinding[],
  clauses: readonly Clause[],
  subjects: readonly string[],
): Markup {
  if (findings.length === 0) return markup`<p>Nothing was found.</p>`;
  const causes = causesOf(findings);
  const layout = new FindingLayout(subjects.length > 1 ? subjects : null);
  const parts = causes.map((cause, at) => causePart(cause, at, causes, { clauses, layout }));
  return markup`${parts}${layout.rest()}${layout.packs()}`;
}

interface Surroundings {
  readonly clauses: readonly Clause[];
  readonly layout: FindingLayout;
}

function causePart(
  cause: Cause,
  at: number,
  causes: readonly Cause[],
  { clauses, layout }: Surroundings,
): Markup {
  const clause = clauses.find(({ id }) => id === cause.clause);
  const head = causes[at - 1]?.clause === cause.clause ? null : clauseHead(cause, clause);
  const count = cause.findings.length;
  const counted = `${countText(count)} ${count === 1 ? 'finding' : 'findings'} in ${countText(cause.occurrences)} ${cause.occurrences === 1 ? 'case' : 'cases'}`;
  const items = cause.findings.map((one, place) => layout.item(one, place === 0));
  return markup`<section class="cause" data-area="${areaOf(cause.clause)?.name ?? ''}">
    ${head}
    <h4>What differs: ${cause.respect} <span class="count">${counted}</span></h4>
    ${items}
  </section>`;
}

function clauseHead({ clause: id }: Cause, clause: Clause | undefined): Markup {
  if (clause === undefined) return markup`<h3>${id}</h3>`;
  return markup`<h3><a href="#${id}">${id}</a> ${clause.title} ${badge(clause.level, 'plain')}</h3>
    <blockquote>${ruleText(clause.sentence)}</blockquote>`;
}

/** Lays findings out, and keeps count of what a page has room for. */
class FindingLayout {
  readonly #subjects: readonly string[] | null;
  readonly #waiting: string[] = [];
  #open = 0;
  #packed = 0;
  #lines = 0;
  #opened = 0;
  #left = 0;

  constructor(subjects: readonly string[] | null) {
    this.#subjects = subjects;
  }

  /** @param isFirst - whether it is the first of its cause, which is drawn before all others */
  item(one: PageFinding, isFirst: boolean): Markup | null {
    const summary = findingSummary(one, this.#subjects?.[one.subject] ?? null);
    const brief = findingBrief(one);
    const size = summary.toString().length + brief.toString().length;
    if (this.#lines + size > MOST_LINES) {
      this.#left++;
      return null;
    }
    this.#lines += size;
    const { drawing, opened } = this.#drawing(one, isFirst);
    const open = opened && this.#opened++ < 3;
    return markup`<details
      class="finding"
      id="${findingId(one)}"
      data-verdict="${one.finding.verdict}"
      ${open ? new Markup(' open') : null}
    >
      <summary>${summary}</summary>
      ${brief}${drawing}
    </details>`;
  }

  #drawing(one: PageFinding, isFirst: boolean): Laid {
    const drawing = findingDrawing(one);
    const size = drawing.toString().length;
    if (this.#open + size <= (isFirst ? MOST_OPEN : MOST_OPEN / 2)) {
      this.#open += size;
      return { drawing: drawing, opened: isFirst };
    }
    const at = this.#waiting.push(drawing.toString()) - 1;
    return {
      drawing: markup`<div class="packed" data-packed="${at}">Its drawing needs JavaScript.</div>`,
      opened: false,
    };
  }

  /** How many findings there was no room for; nothing where there was. */
  rest(): Markup | null {
    if (this.#left === 0) return null;
    return markup`<p class="more">
      ${countText(this.#left)} more findings are in the report: a page has no room for them.
    </p>`;
  }

  /** The packed drawings, in data blocks that no browser runs. */
  packs(): readonly Markup[] {
    const packs: Markup[] = [];
    for (let at = 0; at < this.#waiting.length; at += PACK) {
      const json = JSON.stringify(this.#waiting.slice(at, at + PACK));
      const text = gzipSync(json, { level: 9 }).toString('base64');
      this.#packed += text.length;
      if (this.#packed > MOST_PACKED) break;
      packs.push(markup`<script type="application/gzip" id="pack-${at / PACK}">${new Markup(text)}</script>`);
    }
    return packs;
  }
}
