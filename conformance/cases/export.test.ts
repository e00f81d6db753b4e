import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadRecordedPlans } from '../oracle/recorded.js';
import { loadSchemas } from '../spec/schemas.js';
import { recordedPlanLookup } from '../oracle/recorded-plans.js';
import { suiteRoot } from '../suite-root.js';
import { brokenClauses } from './broken-clauses.js';
import { buildProgram } from '../model/build-request.js';
import { EXPORT } from './export.js';

describe('the program cases', () => {
  it.each(EXPORT.map((one) => [one.id, one] as const))('%s', (_, { clauses, program, verdict }) => {
    expect(brokenClauses(buildProgram(program))).toEqual(verdict === 'breaks' ? clauses : []);
  });

  it('have ids of their own that can be typed', () => {
    expect(new Set(EXPORT.map(({ id }) => id)).size).toBe(EXPORT.length);
    for (const { id } of EXPORT) expect(id).toMatch(/^[!-~][ -~]{0,278}[!-~]$/);
  });
});

describe("the exporter's own programs", () => {
  const folder = join(suiteRoot(), 'golden', 'exporter');
  const recordedPlan = recordedPlanLookup(loadRecordedPlans(suiteRoot(), loadSchemas(suiteRoot())));
  const files = readdirSync(folder).filter((name) => name.endsWith('.pte'));

  it('are there', () => {
    expect(files.length).toBeGreaterThanOrEqual(5);
  });

  it.each(files)('%s breaks no clause, but that of a budget where no recorded plan streams', (name) => {
    const broken = brokenClauses(new Uint8Array(readFileSync(join(folder, name))), recordedPlan);
    expect(broken).toEqual(name === 'resident_engine_budget_100.pte' ? ['WSB-EXPORT-08'] : []);
  });

  it.each(files)('%s keeps every clause as far as can be told without knowing its plans', (name) => {
    expect(brokenClauses(new Uint8Array(readFileSync(join(folder, name))))).toEqual([]);
  });
});

describe('brokenClauses', () => {
  it('says nothing of bytes that are no program', () => {
    expect(brokenClauses(new Uint8Array(100))).toBeNull();
  });

  it('tells each clause once', () => {
    const blob = { kind: 'bytes', bytes: new Uint8Array() } as const;
    const value = new TextEncoder().encode('07');
    const delegate = {
      backend: 'TensorRTBackend',
      placement: 'segment',
      data: blob,
      compileSpecs: [{ key: 'weight_streaming_budget', value }],
    } as const;
    const program = buildProgram({
      kind: 'methods',
      methods: [{ name: 'forward', delegates: [delegate, delegate] }],
    });
    expect(brokenClauses(program)).toEqual(['WSB-EXPORT-01']);
  });
});
