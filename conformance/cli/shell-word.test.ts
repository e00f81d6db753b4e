import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { shellWord } from './shell-word.js';

it.each([
  ['plain', 'plain'],
  ['two words', "'two words'"],
  ["it's", `'it'"'"'s'`],
  ['\x1b[2J', "$'\\x1b[2J'"],
  ["a\n'b\\\u202e", "$'a\\x0a\\'b\\\\\\xe2\\x80\\xae'"],
])('a shell reads %j from what is shown', (word, shown) => {
  expect(shellWord(word)).toBe(shown);
  expect(execFileSync('bash', ['-c', `printf %s ${shown}`], { encoding: 'utf8' })).toBe(word);
});
