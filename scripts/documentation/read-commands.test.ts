import { describe, expect, it } from 'vitest';
import { readCommands } from './read-commands.js';

const page = [
  'Text with `npx nothing`.',
  '',
  '```',
  'npm ci && npm test',
  "npx trt-conformance run --filter 'a  b'",
  'npx trt-conformance doctor    what is missing',
  '```',
  '',
  '```text',
  'npx shown alone',
  '```',
].join('\n');

describe('readCommands', () => {
  it('finds each command of the blocks that are commands, without its comment', () => {
    const commands = readCommands('page.md', page).map(({ line, command }) => `${line} ${command}`);
    expect(commands).toEqual([
      '4 npm ci',
      '4 npm test',
      "5 npx trt-conformance run --filter 'a",
      '6 npx trt-conformance doctor',
    ]);
  });
});
