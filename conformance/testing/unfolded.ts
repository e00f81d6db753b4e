/** What the console shows, each text on one line again: a line that is set in goes on the last. */
export function unfolded(text: string): string {
  return text.replace(/\n {2,}(?=\S)/g, ' ');
}
