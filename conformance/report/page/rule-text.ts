import { markup, type Markup } from './markup.js';

/** The sentence of a clause, whose Markdown has code in backticks and links. */
export function ruleText(sentence: string): Markup {
  const parts = sentence.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').split('`');
  return markup`${parts.map((part, at) => (at % 2 === 0 ? part : markup`<code>${part}</code>`))}`;
}
