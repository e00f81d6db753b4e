import { describe, expect, it } from 'vitest';
import { explainProgram, UndefinedBehaviourError } from '../../reference/index.js';
import { referenceOracle } from '../oracle/oracle.js';
import { buildRequest } from '../model/build-request.js';
import { HOSTILE, HOSTILE_CONTROL } from './hostile.js';

const oracle = referenceOracle(() => null);

describe('hostile cases', () => {
  it('have ids of their own', () => {
    const ids = [HOSTILE_CONTROL, ...HOSTILE].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('have a control that is in order', () => {
    const request = buildRequest(HOSTILE_CONTROL.request);
    expect(oracle(request).steps.map(({ kind }) => kind)).toEqual(['ok']);
  });

  it.each(HOSTILE)('$id: the specification names no outcome for every host', ({ id, request }) => {
    // A read outside of the file gives zeros in the suite's hosts, and who knows what in others.
    const readsOutside = /cut|less/.test(id);
    if (readsOutside) expect(() => oracle(buildRequest(request))).not.toThrow();
    else expect(() => oracle(buildRequest(request))).toThrow(UndefinedBehaviourError);
  });

  it.each(HOSTILE)('$id: explain refuses it and says why', ({ request }) => {
    const faults = faultsOf(buildRequest(request).program);
    expect(faults).toEqual([
      expect.stringMatching(/^WSB-PROG-02: [a-z].*(?:loading it can crash|damaged|list of methods)/),
    ]);
  });
});

/** What explain finds wrong with a program. */
function faultsOf(program: Uint8Array): string[] {
  const explanation = explainProgram(program, null);
  if (explanation.kind === 'unreadable') {
    return [`${explanation.fault.clause}: ${explanation.fault.message}`];
  }
  const { findings, methods } = explanation;
  const all = [
    ...findings,
    ...methods.flatMap((method) => [
      ...method.findings,
      ...method.delegates.flatMap((delegate) => delegate.findings),
    ]),
  ];
  return all
    .filter(({ level }) => level === 'error')
    .map(({ clause, message }) => `${clause ?? '-'}: ${message}`);
}
