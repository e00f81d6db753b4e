/** A file of the specification cannot be read as one. The message begins with file and line. */
export class SpecificationError extends Error {
  readonly code = 'ERR_SPECIFICATION';

  constructor(
    /** Path below the root of the suite. */
    readonly file: string,
    /** Line, from 1. */
    readonly line: number,
    what: string,
    options?: ErrorOptions,
  ) {
    super(`${file}:${line}: ${what}`, options);
    this.name = 'SpecificationError';
  }
}

/** A run of lines without a blank one between them; its lines are joined by one blank. */
export interface Paragraph {
  readonly text: string;
  /** Its first line, from 1. */
  readonly line: number;
}

const MAX_CHARACTERS = 256 * 1024;
const MAX_LINE = 400;

/**
 * Splits a file of clauses into paragraphs. Blanks inside a paragraph count as one, so that
 * wrapping a text anew changes nothing.
 *
 * @throws SpecificationError when the file or a line is longer than any clause needs, or holds a
 * code block.
 */
export function splitParagraphs(text: string, file: string): readonly Paragraph[] {
  if (text.length > MAX_CHARACTERS) {
    throw new SpecificationError(
      file,
      1,
      `has ${text.length} characters; at most ${MAX_CHARACTERS} are read`,
    );
  }
  const paragraphs: { line: number; lines: string[] }[] = [];
  let open = false;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    if (raw.length > MAX_LINE) {
      throw new SpecificationError(
        file,
        line,
        `a line of ${raw.length} characters; wrap it at ${MAX_LINE} or less`,
      );
    }
    if (raw.startsWith('```')) {
      throw new SpecificationError(
        file,
        line,
        'a code block; clauses hold plain paragraphs, lists and tables',
      );
    }
    const words = raw.trim().replace(/\s+/g, ' ');
    if (words === '') open = false;
    else if (open) paragraphs.at(-1)?.lines.push(words);
    else {
      paragraphs.push({ line, lines: [words] });
      open = true;
    }
  }
  return paragraphs.map(({ line, lines }) => ({ line, text: lines.join(' ') }));
}
