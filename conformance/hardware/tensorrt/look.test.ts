import { describe, expect, it } from 'vitest';
import { look, resultOf } from './look.js';

const shell = (script: string): Parameters<typeof look>[0] => ({
  program: 'sh',
  args: ['-c', script],
  env: {},
});
const check = { name: 'a check', clause: null } as const;
const pass = (): { verdict: 'pass'; message: string } => ({ verdict: 'pass', message: 'seen' });

describe('look', () => {
  it('gives the lines of a process that ends well', async () => {
    const seen = await look(shell('echo \'{"call":"set","ok":true}\'; echo \'{"free":"5"}\''));
    expect(seen).toEqual({ kind: 'seen', lines: [{ call: 'set', ok: true }, { free: '5' }] });
    expect(resultOf(check, seen, pass)).toEqual({
      ...check,
      verdict: 'pass',
      message: 'seen',
      observed: [{ call: 'set', ok: true }, { free: '5' }],
    });
  });

  it('tells a crash, with what was seen until then', async () => {
    const seen = await look(shell('echo \'{"free":"5"}\'; printf "{\\"fr"; kill -SEGV $$'));
    expect(seen).toMatchObject({ kind: 'crashed', lines: [{ free: '5' }] });
    expect(resultOf(check, seen, pass)).toMatchObject({ verdict: 'crashed', observed: [{ free: '5' }] });
  });

  it('tells why a look could not be made', async () => {
    const seen = await look(shell('echo no device >&2; exit 4'));
    expect(seen).toEqual({ kind: 'refused', lines: [], message: 'no device' });
    expect(resultOf(check, seen, pass)).toMatchObject({ verdict: 'fail', message: 'no device' });
  });

  it('takes what is not JSON for a fault of the suite', async () => {
    await expect(look(shell('echo hello; echo world'))).rejects.toThrow('not JSON: hello');
  });
});
