/**
 * Text of a subject as it can be shown on a terminal: a control character stands there as its
 * number, such as `\x1b`, so that it moves no cursor and hides nothing. Tabs and line ends stay.
 */
export function visibleText(text: string): string {
  return text.replace(/[^\P{Cc}\t\n]/gu, (character) => {
    const code = character.charCodeAt(0);
    return `\\x${code.toString(16).padStart(2, '0')}`;
  });
}
