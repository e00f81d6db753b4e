import { describe, expect, it } from 'vitest';
import { encodeDecision } from '../wire/encode-decision.js';
import { ByteWriter } from '../wire/byte-writer.js';
import { loadSchemas } from '../spec/schemas.js';
import { suiteRoot } from '../suite-root.js';
import type { Breakage } from './breakage.js';
import { CAPABILITIES } from '../protocol/capabilities.js';
import { CaseBatch } from '../protocol/case-batch.js';
import { jsonFraming } from '../protocol/json-framing.js';
import { LIMITS } from '../protocol/process-limits.js';
import type { ProcessSettings } from './launch.js';
import { runAfresh } from './run-afresh.js';
import { examine } from './suspect.js';

const HELLO = JSON.stringify({
  message: 'hello',
  version: 1,
  framing: 'json-lines',
  name: 'shell',
  versions: {},
  capabilities: Object.fromEntries(CAPABILITIES.map((capability) => [capability, capability === 'decision'])),
});

/**
 * Says hello in two parts, with words of its own between them; does with its cases what the script
 * says.
 */
function shell(script: string): ProcessSettings {
  const begin = HELLO.slice(0, 20);
  const hello = `printf '%s' '${begin}'; echo starts >&2; printf '%s\\n' '${HELLO.slice(20)}'; read -r told`;
  return {
    launch: { program: '/bin/sh', args: ['-c', `${hello}; ${script}`], reaper: null },
    limits: LIMITS,
    framings: ['json-lines'],
    framing: () => jsonFraming(loadSchemas(suiteRoot())),
    plans: [],
  };
}

function cases(count: number): CaseBatch {
  const writer = new ByteWriter();
  for (let at = 0; at < count; at++) {
    const engine = { streamable: BigInt(at), automatic: 5n, setAnswers: [true], specs: [] };
    encodeDecision(writer, { options: [], engines: [engine] });
  }
  return CaseBatch.of('decision', writer.take());
}

/**
 * Nothing is read for so many milliseconds, so that all that was written meanwhile is there at
 * once, the first part of the hello first.
 */
function lookAway(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

const DIES = 'read -r one; echo last words >&2; exit 7';

describe('runAfresh', () => {
  it('tells what was written to standard error behind the hello, and not before', async () => {
    const running = runAfresh(shell(DIES), cases(1));
    lookAway(300);
    const { breakage } = await running;
    expect(breakage).toMatchObject({ kind: 'crashed', exitCode: 7, stderr: 'last words\n' });
  });

  it('tells all that was written before a message that breaks the protocol', async () => {
    const running = runAfresh(shell('read -r one; echo first >&2; echo nonsense; sleep 60'), cases(1));
    const { breakage } = await running;
    expect(breakage).toMatchObject({ kind: 'protocol-error', stderr: 'first\n' });
  });
});

describe('examine', () => {
  it('tells the standard error of the case alone, not that of the process which showed the fault first', async () => {
    const first: Breakage = {
      kind: 'crashed',
      message: 'it exited with 7',
      signal: null,
      exitCode: 7,
      stderr: 'what another case wrote\n',
    };
    const incident = await examine(shell(DIES), cases(2), first);
    expect(incident).toMatchObject({
      ...first,
      message: 'it exited with 7 (also when it is run alone)',
      stderr: 'last words\n',
      cases: 1,
    });
  });
});
