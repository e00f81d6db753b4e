import { describe, expect, it } from 'vitest';
import { runReference, writeProgram } from '../../reference/index.js';
import type { ExportAnswer } from '../../reference/exporter/export-answer.js';
import { exportProgram } from '../../reference/exporter/export-program.js';
import type { ExportRequest } from '../../reference/exporter/export-request.js';
import type { Outcome } from '../../reference/outcome/outcome.js';
import { exportRequest } from '../model/scenario/export-scenario.js';
import { judgeExport } from './judge-export.js';
import { loadRequest } from './load-back.js';

const REQUEST = exportRequest({ budget: { type: 'int', text: '512' }, engines: [{}, {}] });

/** What the reference exports, which it does. */
function exported(request: ExportRequest): ExportAnswer & { readonly kind: 'exported' } {
  const answer = exportProgram(request);
  if (answer.kind === 'refused') throw new Error(answer.message);
  return answer;
}

function loaded(request: ExportRequest): Outcome {
  return runReference(loadRequest(exported(request).program ?? new Uint8Array(0)));
}

/** The clauses that an answer breaks, each with where. */
function broken(answer: ExportAnswer, observed: Outcome | null = loaded(REQUEST)): readonly string[] {
  const differences = judgeExport(REQUEST, answer, { expected: loaded(REQUEST), observed });
  return differences.map(({ clause, path }) => `${clause} ${path}`);
}

describe('an answer of an exporter', () => {
  it('that is the reference’s breaks nothing', () => {
    expect(broken(exportProgram(REQUEST))).toEqual([]);
  });

  it('is judged by what a delegate does with the program, whatever was warned', () => {
    const other = loaded(exportRequest({ budget: { type: 'int', text: '5' }, engines: [{}, {}] }));
    const answer = exported(REQUEST);
    const engines = ['WSB-EXPORT-14 loaded.engines[0]', 'WSB-EXPORT-14 loaded.engines[1]'];
    expect(broken(answer, other)).toEqual(engines);
    expect(broken({ ...answer, warnings: [] }, other)).toEqual([...engines, 'WSB-EXPORT-20 warning']);
    expect(broken(answer, null)[0]).toBe('WSB-EXPORT-14 loaded');
  });

  it('is judged by the program that comes with it, or does not', () => {
    const answer = exported(REQUEST);
    expect(broken({ ...answer, program: null })).toContain('WSB-EXPORT-14 program');
    expect(broken({ ...answer, program: new Uint8Array([1, 2, 3]) })).toContain('WSB-EXPORT-14 program');
    const empty = writeProgram({ methods: [{ name: 'forward', delegates: [] }] });
    expect(broken({ ...answer, program: empty })).toContain('WSB-EXPORT-14 methods');
  });

  it('may be any of several errors where several are due', () => {
    const request = exportRequest({
      budget: { type: 'bool', text: 'true' },
      specs: [['weight_streaming_budget', '5']],
    });
    const refused = { kind: 'refused', message: '', warnings: [] } as const;
    expect(judgeExport(request, { ...refused, error: 'TypeError' }, null)).toEqual([]);
    expect(judgeExport(request, { ...refused, error: 'ValueError' }, null)).toEqual([]);
    expect(judgeExport(request, { ...refused, error: 'other' }, null)).toMatchObject([
      { clause: 'WSB-EXPORT-10', expected: 'refused with TypeError or refused with ValueError' },
    ]);
  });
});
