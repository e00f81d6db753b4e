import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { suiteRoot } from '../suite-root.js';
import { main } from './main.js';

const root = suiteRoot();
const faulty = join(root, 'dist/conformance/testing/faulty-subjects/main.js');

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function smoke(subject: string, ...more: readonly string[]): Promise<Ended> {
  let [out, err] = ['', ''];
  const write = (text: string): boolean => {
    err += text;
    return true;
  };
  const code = await main(['smoke', '--subject', subject, ...more], {
    out: (text) => {
      out += text;
    },
    err: { write },
  });
  return { code, out, err };
}

beforeAll(async () => {
  await execa(process.execPath, ['scripts/build.mjs', '--ts-only'], { cwd: root });
}, 120_000);

describe('smoke', () => {
  it.each([
    ['reference', 0, /The adapter works, and the delegate is right/],
    ['reference:no-clamp', 1, /The adapter works; the delegate is wrong[^]*WSB-APPLY-01/],
    [`exec:node ${faulty} none`, 0, /The adapter works, and the delegate is right/],
    [`exec:node ${faulty} leaks`, 1, /The adapter works; the delegate is wrong[^]*leaks.engines/],
    [`exec:node ${faulty} missing-capability`, 3, /The adapter is broken[^]*decision/],
    [`exec:node ${faulty} bad-exit binary`, 3, /The adapter is broken[^]*exited with 3/],
    [
      'exec:true',
      3,
      /The adapter is broken[^]*exited with 0 before it sent hello \(spec\/protocol\.md, Hello\)/,
    ],
  ])('tells a broken adapter from a wrong delegate: %s', async (subject, code, text) => {
    const ended = await smoke(subject);
    expect(ended.out).toMatch(text);
    expect(ended.code).toBe(code);
  });

  it('passes on the variables that are named', async () => {
    const asks = 'exec:sh -c "test -n \\"$WSB_SMOKE\\" && exec node $0 none; exit 7"';
    process.env['WSB_SMOKE'] = 'set';
    const subject = asks.replace('$0', faulty);
    try {
      expect((await smoke(subject)).out).toMatch(/exited with 7/);
      expect((await smoke(subject, '--env', 'WSB_SMOKE')).code).toBe(0);
    } finally {
      delete process.env['WSB_SMOKE'];
    }
  });

  it.each([
    [['exec:nobody-has-this-program'], 4, /There is no program nobody-has-this-program on the PATH/],
    [['exec:./no-such-file'], 4, /The program \.\/no-such-file cannot be started: there is no such file/],
    // Without the list of the doctor, which says nothing of it.
    [['so:/no/such.so'], 4, /^error: There is no file \/no\/such\.so\. [^\n]*\n$/],
    [['so:'], 2, /so: needs the path of a shared library/],
    [['native', '--backend-id', 'Acme'], 2, /Leave out --backend-id/],
    [['so:x', '--backend-id', ''], 2, /--backend-id needs an id/],
    [['so:x', '--lacks', 'flying'], 2, /no capability "flying"\. There are: program, decision, module, /],
    [['so:x', '--lacks', ''], 2, /There are: program, decision/],
    [['so:x', '--lacks', 'execute,leaks'], 2, /A library cannot lack leaks/],
    [['native-process', '--lacks', 'program,decision'], 2, /neither program nor decision/],
    [
      ['native', '--lacks', 'execute'],
      2,
      /Only so:PATH, native-process and native-1.4.1 take --lacks; native says/,
    ],
    [['exec:true', '--lacks', 'execute'], 2, /exec says itself what it can do/],
  ])('says what is wrong with a command line: %j', async ([subject = '', ...more], code, text) => {
    const ended = await smoke(subject, ...more);
    expect(ended.code).toBe(code);
    expect(ended.err).toMatch(text);
  });
});
