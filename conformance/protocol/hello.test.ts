import { describe, expect, it } from 'vitest';
import { CAPABILITIES } from './capabilities.js';
import { helloLine, readHello } from './hello.js';

const BOTH = ['json-lines', 'binary'] as const;
const capabilities = Object.fromEntries(CAPABILITIES.map((name) => [name, true]));
const HELLO = {
  message: 'hello',
  version: 1,
  framing: 'binary',
  name: 'vendor',
  versions: { executorch: '1.5.1' },
  capabilities,
};

function read(change: Readonly<Record<string, unknown>>): unknown {
  return readHello(JSON.stringify({ ...HELLO, ...change }), BOTH);
}

describe('the hello of a subject', () => {
  it('says what it is', () => {
    const { framing, name, versions } = HELLO;
    const unsaid = { policy: 'upstream', profile: 'delegate' };
    expect(read({})).toEqual({ framing, name, versions, capabilities, ...unsaid });
    expect(read({ profile: 'budget' })).toMatchObject({ profile: 'budget' });
    expect(read({ policy: 'fitting' })).toMatchObject({ policy: 'fitting' });
    const decides = { ...capabilities, program: false };
    expect(read({ name: 'x'.repeat(200), capabilities: decides })).toMatchObject({ capabilities: decides });
  });

  it.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    ['another version', { version: 2 }, /chose version 2; 1 was offered/],
    ['a version that is a text', { version: '1' }, /chose version "1"/],
    ['an unknown framing', { framing: 'xml' }, /chose the framing "xml"; json-lines and binary were offered/],
    ['an unknown profile', { profile: 'all' }, /the profile "all"; known are budget, delegate, exporter/],
    ['no name', { name: '' }, /name is not a text/],
    ['a member too few', { versions: undefined }, /a hello without versions/],
    ['a member too many', { extra: 1 }, /a hello with extra/],
    ['versions that are a list', { versions: ['1'] }, /versions are not a name and a text/],
    ['a version that is a number', { versions: { executorch: 1 } }, /versions are not a name and a text/],
    ['capabilities that are a list', { capabilities: [] }, /capabilities are not an object/],
    [
      'a capability too few',
      { capabilities: { ...capabilities, leaks: undefined } },
      /true or false for the capabilities leaks/,
    ],
    [
      'a capability that is a text',
      { capabilities: { ...capabilities, leaks: 'yes' } },
      /capabilities leaks/,
    ],
    [
      'a capability too many',
      { capabilities: { ...capabilities, magic: true } },
      /unknown capabilities: magic/,
    ],
    [
      'neither depth',
      { capabilities: { ...capabilities, program: false, decision: false } },
      /neither the capability program nor decision/,
    ],
    ['a long name', { name: 'x'.repeat(201) }, /name is not a text of at most 200 characters/],
    ['a name that moves the cursor', { name: 'a\u001b[2J' }, /none of them a control character/],
    ['a version of two lines', { versions: { executorch: '1\n2' } }, /none of them a control character/],
    [
      'too many versions',
      { versions: Object.fromEntries(Array.from({ length: 33 }, (_, n) => [`part ${n}`, '1'])) },
      /more than 32 versions/,
    ],
    ['another message', { message: 'begin' }, /answered the hello with/],
  ])('with %s is refused', (_, change, message) => {
    expect(() => read(change)).toThrow(message);
    expect(() => read(change)).toThrow(expect.objectContaining({ fault: 'broken' }) as Error);
  });

  it.each(['', 'ready', '"hello"', 'null', '[]', '{"message":"hello"'])('that is %j is refused', (line) => {
    expect(() => readHello(line, BOTH)).toThrow(/answered the hello with/);
  });

  it('may be that it cannot run', () => {
    expect(() => readHello('{"message":"failure","seq":null,"reason":"no GPU"}', BOTH)).toThrow(/no GPU/);
    expect(() => readHello('{"message":"failure","seq":null}', BOTH)).toThrow(
      /cannot run: it gives no reason/,
    );
  });

  it('chooses from what was offered alone', () => {
    expect(() => readHello(JSON.stringify(HELLO), ['json-lines'])).toThrow(/json-lines were offered/);
  });
});

describe('the hello of the runner', () => {
  it('is one line, and offers what it is told to', () => {
    const line = helloLine('each', ['binary'], null);
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(JSON.parse(line)).toMatchObject({
      message: 'hello',
      versions: [1],
      framings: ['binary'],
      flush: 'each',
      progress: null,
    });
  });
});
