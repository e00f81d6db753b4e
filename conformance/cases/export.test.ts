import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { suiteRoot } from '../suite-root.js';
import { brokenClauses } from './broken-clauses.js';
import { buildProgram } from './build-request.js';
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
  const files = readdirSync(folder).filter((name) => name.endsWith('.pte'));

  it('are there', () => {
    expect(files.length).toBeGreaterThanOrEqual(5);
  });

  it.each(files)('%s keeps every clause', (name) => {
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
