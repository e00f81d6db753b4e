/**
 * A link of a Markdown text that leads to a file of the project, or to a place in the text itself.
 */
export interface Link {
  /** Path as written, without the anchor; empty for a place in the same file. */
  readonly path: string;
  /** Null when the link names no place in the file. */
  readonly anchor: string | null;
  /** Line, from 1. */
  readonly line: number;
}

/** The text with code (blocks and spans) replaced by blanks, so that lines keep their numbers. */
export function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```|`[^`]*`/gm, (code) => code.replace(/[^\n]/g, ' '));
}

/** The links of a Markdown text; those to other sites are left out. */
export function findLinks(text: string): readonly Link[] {
  return withoutCode(text)
    .split('\n')
    .flatMap((content, index) =>
      [...content.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
        if (/^[a-z]+:/i.test(target)) return [];
        const [path = '', anchor = null] = target.split('#');
        return [{ path, anchor, line: index + 1 }];
      }),
    );
}

/** The anchors of a Markdown text: its headings as GitHub makes them. */
export function findAnchors(text: string): ReadonlySet<string> {
  const headings = text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6} +(.+)$/gm);
  return new Set([...headings].map(([, title = '']) => slug(title)));
}

function slug(title: string): string {
  return title
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}
