import { areaFile, type Area } from './areas.js';
import type { Clause } from './clause.js';
import { readClause } from './read-clause.js';
import { splitParagraphs, type Paragraph, SpecificationError } from './paragraphs.js';

const MAX_CLAUSES = 99;

/** A `##` section: its heading and what follows up to the next one. */
interface Section {
  readonly heading: Paragraph;
  readonly title: string;
  readonly paragraphs: Paragraph[];
}

/**
 * Reads the clauses of one area, in the order of the file: a `#` title, an introduction, one `##`
 * section for each clause, and at the end sections headed `Informative: …`, which hold no clauses.
 *
 * @throws SpecificationError at the first thing that is not such a file.
 */
export function readClauses(text: string, area: Area): readonly Clause[] {
  const file = areaFile(area);
  const sections = splitSections(splitParagraphs(text, file), file);
  const clauses: Clause[] = [];
  let informative = false;
  for (const section of sections) {
    const { heading, title, paragraphs } = section;
    if (title.startsWith('Informative: ')) {
      informative = true;
    } else if (informative) {
      throw new SpecificationError(file, heading.line, 'a clause after an informative section; move it up');
    } else {
      clauses.push(readClause(title, heading.line, paragraphs, area));
    }
  }
  if (clauses.length === 0) throw new SpecificationError(file, 1, `no clause; an area has at least one`);
  if (clauses.length > MAX_CLAUSES) {
    throw new SpecificationError(file, 1, `${clauses.length} clauses; an area has at most ${MAX_CLAUSES}`);
  }
  return clauses;
}

function splitSections(paragraphs: readonly Paragraph[], file: string): readonly Section[] {
  const [top, ...rest] = paragraphs;
  if (top === undefined || !/^# \S/.test(top.text)) {
    throw new SpecificationError(
      file,
      top?.line ?? 1,
      'no title; the file begins with a line such as "# Parsing"',
    );
  }
  const sections: Section[] = [];
  for (const paragraph of rest) {
    if (paragraph.text.startsWith('## ')) {
      sections.push({ heading: paragraph, title: paragraph.text.slice(3), paragraphs: [] });
    } else if (paragraph.text.startsWith('#')) {
      throw new SpecificationError(
        file,
        paragraph.line,
        'a heading that is not "## " followed by a clause id',
      );
    } else {
      sections.at(-1)?.paragraphs.push(paragraph);
    }
  }
  return sections;
}
