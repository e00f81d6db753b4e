import { describe, expect, it } from 'vitest';
import { ALL_CASES } from '../../cases/all-cases.js';
import { arbitraryBlocks } from '../../generators/arbitrary-blocks.js';
import { generatedBlocks } from '../../generators/blocks.js';
import { generatedCaseRecord } from '../../generators/generated-case-record.js';
import type { Case } from '../../model/case.js';
import type { ProgramSource } from '../../model/request-spec.js';
import { loadSchemas } from '../../spec/schemas.js';
import { suiteRoot } from '../../suite-root.js';
import { caseFromJson, caseToJson, type CaseJson } from './json-case.js';

const schemas = loadSchemas(suiteRoot());
const noFile = (path: string): Uint8Array => {
  throw new Error(`no case names a file, but one names ${path}`);
};

const GENERATED = [...generatedBlocks(5, 700), ...arbitraryBlocks(5, 300)]
  .flat()
  .map((generated) => generatedCaseRecord(generated, ['WSB-PARSE-01']));

describe.each([
  ['written', ALL_CASES],
  ['generated', GENERATED],
])('%s cases in JSON', (_, cases) => {
  it('keep to the schema and read back', () => {
    for (const one of cases) {
      const json = JSON.parse(JSON.stringify(caseToJson(one))) as CaseJson;
      expect(schemas.faults('case', json), one.id).toEqual([]);
      expect(caseFromJson(json, noFile)).toEqual({ ...one, expectation: null });
    }
  });
});

describe('a case with names that are no UTF-8', () => {
  it('holds them in hexadecimal, and reads them back', () => {
    const [first] = ALL_CASES;
    if (first === undefined) throw new Error('no cases');
    const name = 'a\udcff';
    const entry = {
      backend: name,
      via: 'span',
      options: [{ key: name, value: { type: 'bool', value: true } }],
    };
    const steps = [
      { op: 'load', method: name, options: [entry] },
      { op: 'execute', method: '\ufeffforward' },
    ] as const;
    const delegate = { backend: name, placement: 'inline', data: { kind: 'bytes', bytes: new Uint8Array() } };
    const compileSpecs = [{ key: name, value: Uint8Array.of(0xff) }];
    const methods = [{ name, delegates: [{ ...delegate, compileSpecs }] }];
    const program = { kind: 'methods', methods } as ProgramSource;
    const one = { ...first, request: { ...first.request, program, steps } } as Case;
    const json = JSON.parse(JSON.stringify(caseToJson(one))) as CaseJson;
    expect(schemas.faults('case', json)).toEqual([]);
    expect(json.request.steps).toMatchObject([
      {
        method: { hex: '61ff' },
        options: [{ backend: { hex: '61ff' }, options: [{ key: { hex: '61ff' } }] }],
      },
      { method: '\ufeffforward' },
    ]);
    expect(caseFromJson(json, noFile)).toEqual({ ...one, expectation: null });
  });
});

describe('a case with a program file', () => {
  it('names the file and reads it back', () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const [first] = ALL_CASES;
    if (first === undefined) throw new Error('no cases');
    const program = { kind: 'file', path: 'golden/a.pte', bytes } as const;
    const json = caseToJson({ ...first, request: { ...first.request, program } });
    expect(json.request.program).toEqual({ file: 'golden/a.pte' });
    expect(schemas.faults('case', json)).toEqual([]);
    expect(caseFromJson(json, () => bytes).request.program).toEqual(program);
  });
});
