import { quote } from 'shlex';
import { visibleLine } from '../model/visible-text.js';

const UTF8 = new TextEncoder();

/**
 * A word of a command that a user can paste into a shell: quoted where that is needed, and with
 * what is not seen as the numbers of its bytes, which bash, zsh and ksh read as these bytes.
 */
export function shellWord(word: string): string {
  if (visibleLine(word) === word) return quote(word);
  const bytes = Array.from(word, (character) => {
    if (character === "'" || character === '\\') return `\\${character}`;
    if (visibleLine(character) === character) return character;
    return [...UTF8.encode(character)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
  });
  return `$'${bytes.join('')}'`;
}
