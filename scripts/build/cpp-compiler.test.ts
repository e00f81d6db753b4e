import { expect, it } from 'vitest';

import { checkCppCompiler, findCppCompiler } from './cpp-compiler.mjs';

it('takes CXX, with its arguments, and nothing else when it is set', async () => {
  const compiler = await findCppCompiler({ CXX: 'node --no-warnings' });
  expect(compiler).toEqual({
    command: 'node',
    args: ['--no-warnings'],
    id: `node --no-warnings: ${process.version}`,
  });
  expect(await findCppCompiler({ CXX: 'no-such-compiler' })).toBeNull();
});

it('says what is wrong with a compiler', async () => {
  expect(await checkCppCompiler(null, {})).toMatchObject({
    what: 'No C++ compiler: none of g++, clang++, c++ is on the PATH.',
  });
  expect(await checkCppCompiler(null, { CXX: 'no-such-compiler' })).toMatchObject({
    what: 'No C++ compiler: CXX is "no-such-compiler", which does not run.',
  });
  const node = { command: 'node', args: [], id: 'node' };
  expect((await checkCppCompiler(node))?.what).toContain('does not compile C++17');
});
