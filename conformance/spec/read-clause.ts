import { createHash } from 'node:crypto';
import { areaFile, type Area } from './areas.js';
import { LEVELS, type Clause, type ClauseId, type JudgedBy, type Level } from './clause.js';
import { type Paragraph, SpecificationError } from './paragraphs.js';

const HEAD = /^(MUST|SHOULD|MAY) · since (\d{1,3}\.\d{1,3}) · (\S.{0,78}\S)$/;
const MAX_SENTENCE = 600;

/** "No object MUST be used": in English that permits what the author meant to forbid. */
const NEGATED_SUBJECT = /(?:^|[,;:] (?:and |or |but )?)[Nn]o(?:body|ne|thing)?\b[^,;:]*\b(?:MUST|SHOULD)\b/;

const JUDGES: Readonly<Record<string, JudgedBy>> = {
  program: 'program',
  exporter: 'exporter',
  'nothing yet': 'nothing',
};

/**
 * Reads one clause from the paragraphs under its heading: level, version and title; the sentence;
 * optionally `Judged by: …`; notes; `Cases: …`; `Source: …`.
 *
 * @throws SpecificationError when one is missing, out of place, or not of its form.
 */
export function readClause(id: string, line: number, paragraphs: readonly Paragraph[], area: Area): Clause {
  const file = areaFile(area);
  if (!isIdOf(id, area)) {
    const what = `"${id}" is not an id of this area; its ids look like WSB-${area.code}-01`;
    throw new SpecificationError(file, line, what);
  }
  const wrong: Wrong = (what, at = line) => new SpecificationError(file, at, `${id}: ${what}`);
  const rest = new Remaining(paragraphs, wrong);
  const head = rest.take('its level, such as "MUST · since 0.1 · No sign"');
  const [, levelText, since, title] = HEAD.exec(head.text) ?? [];
  const level = LEVELS.find((known) => known === levelText);
  if (level === undefined || since === undefined || title === undefined) {
    throw wrong(`"${head.text}" is not "LEVEL · since VERSION · title"`, head.line);
  }

  const sentence = rest.take('its sentence');
  const fault = sentenceFault(sentence.text, level);
  if (fault !== null) throw wrong(`the sentence ${fault}`, sentence.line);

  const judge = rest.takeIf('Judged by: ');
  const judgedBy = judge === null ? 'outcome' : JUDGES[judge.text];
  if (judge !== null && judgedBy === undefined) {
    throw wrong(`judged by "${judge.text}"; known: program, exporter, nothing yet`, judge.line);
  }

  const source = rest.takeLast('Source: ');
  const cases = rest.takeLast('Cases: ');
  rest.expectNotes();

  return {
    id,
    area: area.name,
    level,
    since,
    title,
    sentence: sentence.text,
    judgedBy: judgedBy ?? 'outcome',
    cases: cases.text,
    source: source.text,
    file,
    line,
    textHash: createHash('sha256').update(sentence.text, 'utf8').digest('hex'),
  };
}

function isIdOf(text: string, area: Area): text is ClauseId {
  return new RegExp(`^WSB-${area.code}-\\d{2}$`).test(text);
}

/** What is wrong with a sentence of that level; null when nothing is. */
function sentenceFault(text: string, level: Level): string | null {
  if (text.length > MAX_SENTENCE) return `has ${text.length} characters; at most ${MAX_SENTENCE}`;
  if (!text.endsWith('.')) return 'does not end in a full stop';
  if (/[.!?] +[A-Z]/.test(text)) return 'is more than one; move the rest to a note';
  const words = LEVELS.filter((word) => new RegExp(`\\b${word}\\b`).test(text));
  if (words.length !== 1 || words[0] !== level)
    return `says ${words.join(', ') || 'no level'} where ${level} stands above`;
  if (NEGATED_SUBJECT.test(text)) return `forbids with "no … ${level}"; say what ${level} NOT happen`;
  return null;
}

/** The error of a clause; without a line, of its heading. */
type Wrong = (what: string, line?: number) => SpecificationError;

/** The paragraphs of a clause that have not been read yet. */
class Remaining {
  readonly #left: Paragraph[];
  readonly #wrong: Wrong;

  constructor(paragraphs: readonly Paragraph[], wrong: Wrong) {
    this.#left = [...paragraphs];
    this.#wrong = wrong;
  }

  /** The next paragraph. */
  take(what: string): Paragraph {
    const next = this.#left.shift();
    if (next === undefined) throw this.#wrong(`lacks ${what}`);
    return next;
  }

  /** The next paragraph less its prefix; null when it does not begin with it. */
  takeIf(prefix: string): Paragraph | null {
    const [next] = this.#left;
    if (next?.text.startsWith(prefix) !== true) return null;
    this.#left.shift();
    return { line: next.line, text: next.text.slice(prefix.length) };
  }

  /** The last paragraph less its prefix, which it has to begin with. */
  takeLast(prefix: string): Paragraph {
    const last = this.#left.pop();
    if (last?.text.startsWith(prefix) !== true) {
      const what = `lacks "${prefix.trim()}"; a clause ends with a paragraph "Cases: …" and one "Source: …"`;
      throw this.#wrong(what, last?.line);
    }
    return { line: last.line, text: last.text.slice(prefix.length) };
  }

  /** What is left is notes: none may look like a part that stands elsewhere. */
  expectNotes(): void {
    const stray = this.#left.find(({ text }) =>
      /^(?:Judged by|Cases|Source): |^(?:MUST|SHOULD|MAY) · /.test(text),
    );
    if (stray !== undefined) throw this.#wrong(`"${stray.text.slice(0, 40)}" is out of place`, stray.line);
  }
}
