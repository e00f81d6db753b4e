/** A command that a page of the documentation shows. */
export interface DocumentedCommand {
  /** The page, as a path below the root of the suite. */
  readonly page: string;
  /** From 1. */
  readonly line: number;
  readonly command: string;
}

/**
 * The commands of a Markdown page: the lines of its code blocks without a language. A comment
 * stands behind two blanks or more.
 */
export function readCommands(page: string, markdown: string): readonly DocumentedCommand[] {
  const commands: DocumentedCommand[] = [];
  let fence: string | null = null;
  for (const [at, text] of markdown.split('\n').entries()) {
    if (text.startsWith('```')) fence = fence === null ? text.slice(3).trim() : null;
    else if (fence === '' && text.trim() !== '') {
      const command = (/^(.*?\S)(?: {2,}.*)?$/.exec(text.trim())?.[1] ?? '').trim();
      for (const one of command.split(' && ')) commands.push({ page, line: at + 1, command: one });
    }
  }
  return commands;
}
