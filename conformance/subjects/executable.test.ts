import { describe, expect, it } from 'vitest';
import { splitCommand } from './executable.js';

describe('splitCommand', () => {
  it.each([
    ['./subject', ['./subject']],
    ['  python3   a.py --x ', ['python3', 'a.py', '--x']],
    [`"a b" 'c "d"' "e 'f'"`, ['a b', 'c "d"', "e 'f'"]],
    [String.raw`a\ b "c\"d" 'e\f'`, ['a b', 'c"d', String.raw`e\f`]],
    [`a ''`, ['a', '']],
    ['a $HOME *.txt ; b', ['a', '$HOME', '*.txt', ';', 'b']],
  ])('%s', (text, words) => {
    expect(splitCommand(text)).toEqual(words);
  });

  it.each(['', '  ', "a 'b", 'a "b', 'a\\', '""'])('refuses "%s"', (text) => {
    expect(() => splitCommand(text)).toThrow(expect.objectContaining({ fault: 'unknown' }) as Error);
  });
});
