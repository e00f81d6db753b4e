import { describe, expect, it } from 'vitest';
import { exportProgram } from '../../reference/exporter/export-program.js';
import { refusalsOf } from '../../reference/exporter/refusals.js';
import { exportCaseFromJson, exportCaseToJson } from '../wire/json/json-export.js';
import { loadSchemas } from '../spec/schemas.js';
import { suiteRoot } from '../suite-root.js';
import { EXPORTERS } from './exporters.js';

const schemas = loadSchemas(suiteRoot());

describe('the cases for exporters', () => {
  it('have an id each, and are about a clause of the area', () => {
    expect(new Set(EXPORTERS.map(({ id }) => id)).size).toBe(EXPORTERS.length);
    expect(EXPORTERS.every(({ id, clauses: [clause] }) => id.startsWith(`${clause}/`))).toBe(true);
  });

  it.each(EXPORTERS.map((one) => [one.id, one] as const))('%s: the reference does so', (_, one) => {
    const answer = exportProgram(one.request);
    expect(one.expectation?.check(answer)).toBeNull();
    expect(answer.kind === 'refused').toBe(refusalsOf(one.request).length > 0);
    const json = exportCaseToJson(one);
    expect(schemas.faults('export-case', json)).toEqual([]);
    expect(exportCaseFromJson(json)).toEqual({ ...one, expectation: null });
  });
});
