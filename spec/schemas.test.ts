import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { DocumentError, loadSchemas, SCHEMA_NAMES, type SchemaName } from '../conformance/spec/schemas.js';

const schemas = loadSchemas(fileURLToPath(new URL('..', import.meta.url)));

const OUTCOME = {
  program: { kind: 'ok' },
  steps: [
    { kind: 'ok', warned: false },
    { kind: 'rejected', phase: 'set-option', error: 'MemoryAllocationFailed', warned: true },
    { kind: 'ok', warned: false, value: { type: 'string', bytes: { text: '5' } } },
    { kind: 'ok', warned: false, value: { type: 'int', value: 5 } },
  ],
  engines: [
    {
      step: 0,
      source: 'compile-spec',
      applied: '8192',
      calls: [
        { call: 'deserializeCudaEngine', ok: true },
        { call: 'setWeightStreamingBudgetV2', budget: '8192', ok: true },
        { call: 'createExecutionContext', ok: true },
      ],
    },
  ],
  leaks: { runtimes: 0, engines: 0, contexts: 0, events: 0, allocations: 0 },
  violations: [],
};

const FACTS = {
  engine: 'forward/0',
  size: 268_678_588,
  sample: '0'.repeat(64),
  streamable: '268435712',
  scratch: '67109376',
  activations: '16384',
};

const PLAN = {
  kind: 'scripted',
  deserializes: true,
  createsContext: true,
  enqueues: true,
  setAnswers: [false],
  setDefault: true,
  streamable: '9223372036854775807',
  automatic: '-9223372036854775808',
  scratch: '64',
  activations: '16',
  bindings: [
    {
      name: 'input_0',
      mode: 'input',
      dtype: 1,
      shape: ['1', '-1'],
      shapeInference: false,
      profile: { min: ['1', '1'], max: ['1', '64'] },
      aliases: null,
    },
  ],
};

const LOAD = {
  verification: 'minimal',
  device: {
    totalBytes: '18446744073709551615',
    freeBytes: '0',
    faults: [{ call: 'createInferRuntime', occurrence: 1 }],
  },
  module: null,
  steps: [
    {
      op: 'load',
      method: 'forward',
      options: [
        {
          backend: 'TensorRTBackend',
          via: 'span',
          options: [
            { key: 'weight_streaming_budget', value: { type: 'array', bytes: { text: '5' } } },
            { key: 'a', value: { type: 'int', value: -2147483648 } },
            { key: '', value: { type: 'bool', value: true } },
          ],
        },
      ],
    },
    { op: 'execute', method: 'forward' },
    { op: 'unload', method: 'forward' },
    {
      op: 'set-option',
      options: {
        backend: 'TensorRTBackend',
        via: 'builder',
        options: [{ key: 'weight_streaming_budget', value: { type: 'string', bytes: { text: '5' } } }],
      },
    },
    { op: 'get-option', backend: 'TensorRTBackend', key: 'weight_streaming_budget' },
  ],
};

const PROGRAM = {
  methods: [
    {
      name: 'forward',
      delegates: [
        {
          backend: 'TensorRTBackend',
          placement: 'segment',
          data: { blob: { metadata: { device_id: 1 }, engine: { plan: PLAN } } },
          compileSpecs: [{ key: 'weight_streaming_budget', value: { hex: '38313932' } }],
        },
      ],
    },
  ],
};

const REQUEST = { program: PROGRAM, ...LOAD };

const CASE = {
  id: 'WSB-PREC-01/control/spec="8192"',
  title: 'the compile spec alone',
  clauses: ['WSB-PREC-01'],
  kind: 'control',
  request: REQUEST,
};

const NO_CASES = {
  pass: 0,
  fail: 0,
  'expected-fail': 0,
  'unexpected-pass': 0,
  unsupported: 0,
  crashed: 0,
  'timed-out': 0,
  'protocol-error': 0,
  inconclusive: 0,
  'self-check': 0,
};

const FOOTER = {
  record: 'footer',
  cases: 1,
  verdicts: { ...NO_CASES, pass: 1 },
  findings: 0,
  outcome: 'conforms',
  exitCode: 0,
  milliseconds: 12.5,
};

const COVERAGE = {
  levels: {
    MUST: { clauses: 138, covered: 138 },
    SHOULD: { clauses: 11, covered: 8 },
    MAY: { clauses: 1, covered: 1 },
  },
  unjudged: ['WSB-MEM-08'],
};

const FINDING = {
  record: 'finding',
  fingerprint: '0123456789ab',
  verdict: 'fail',
  clause: 'WSB-PREC-01',
  message: 'the option does not win',
  occurrences: 3,
  case: CASE,
  expected: OUTCOME,
  observed: { kind: 'crashed', message: 'SIGSEGV', signal: 'SIGSEGV', exitCode: null, stderr: '', cases: 1 },
  differences: [{ path: 'engines[0].applied', expected: '5', observed: '8192' }],
  replay: 'npx trt-conformance run --replay finding.json',
};

const MANIFEST = {
  version: 1,
  specification: '0.2',
  programs: [
    {
      file: 'exporter/one_engine_budget_8192.pte',
      sha256: 'a'.repeat(64),
      size: 34204,
      origin: 'exporter',
      tier: 'recorded',
      clauses: ['WSB-PREC-04'],
      flags: ['masking'],
      loads: [
        {
          id: 'no options',
          title: 'as exported',
          clauses: ['WSB-PREC-04'],
          kind: 'control',
          request: LOAD,
          expected: OUTCOME,
        },
      ],
    },
  ],
};

const WRONG = {
  name: 'accept-plus',
  clause: 'WSB-PARSE-03',
  description: 'A plus sign is skipped.',
  patch: [{ file: 'parse_budget.cpp', find: 'a', replace: '' }],
};

const EXPORT_CASE = {
  id: 'WSB-EXPORT-15/violation/ask/budget=int-subclass:77("78")',
  title: 'another number',
  clauses: ['WSB-EXPORT-15'],
  kind: 'violation',
  ask: {
    way: 'save',
    format: 'executorch',
    budget: { type: 'int-subclass', text: '77', shown: '78' },
    compileSpecs: [{ method: null, key: 'other', value: { hex: '31' } }],
    methods: [
      {
        name: 'forward',
        engines: [{ plan: { hex: '00' }, device: 0, inputs: ['a'], outputs: [], aliases: [] }],
      },
    ],
  },
};

/** A document that each schema accepts. */
const VALID: Readonly<Record<SchemaName, readonly unknown[]>> = {
  request: [
    REQUEST,
    { ...REQUEST, program: { hex: '00ff' } },
    { ...REQUEST, program: { file: 'golden/a.pte' } },
  ],
  profiles: [
    {
      format: 1,
      profiles: { budget: ['WSB-PARSE-01'], delegate: ['WSB-PARSE-01'], exporter: ['WSB-EXPORT-01'] },
      observations: {
        source: [],
        warned: ['WSB-OPT-06'],
        leaks: ['WSB-FAIL-04'],
        violations: ['WSB-LIFE-06'],
      },
    },
  ],
  outcome: [
    OUTCOME,
    { ...OUTCOME, program: { kind: 'rejected', error: 'InvalidProgram' }, steps: [], engines: [] },
  ],
  case: [CASE, { ...CASE, isolated: true }],
  'export-case': [EXPORT_CASE, { ...EXPORT_CASE, ask: { ...EXPORT_CASE.ask, budget: null } }],
  'exporter-protocol': [
    { message: 'export', seq: 1, request: EXPORT_CASE.ask },
    { message: 'exported', seq: 1, program: { path: '/tmp/a.pte' }, warnings: ['weight_streaming_budget'] },
    {
      message: 'delegates',
      seq: 2,
      methods: [{ name: 'forward', delegates: [{ compileSpecs: [], blob: null }] }],
      warnings: [],
    },
    { message: 'refused', seq: 3, error: 'TypeError', text: 'no integer', warnings: [] },
    { message: 'failure', seq: null, reason: 'out of memory' },
  ],
  catalogue: [
    {
      wrongImplementations: [WRONG, { ...WRONG, also: ['WSB-PARSE-04'], rule: true }],
      stateful: [],
      racy: [],
      unsound: [],
      faltering: [],
      correctVariants: [],
      baselines: [],
    },
  ],
  'golden-manifest': [MANIFEST],
  sequence: [
    { sequence: [{ case: CASE }] },
    {
      sequence: [
        { case: CASE, times: 999 },
        { case: CASE, decision: '0600' },
      ],
    },
  ],
  'golden-flags': [
    { masking: { bugClass: 'order', effect: 'wrong budget', clauses: ['WSB-PREC-02'], links: [] } },
  ],
  report: [
    {
      record: 'header',
      format: 1,
      specification: '0.2',
      tool: { name: 'trt-conformance', version: '0.1.0' },
      subject: { name: 'native', versions: { executorch: '1.5.1' }, sha256: null },
      oracle: 'reference',
      seed: '-1',
      generated: 100000,
      decisions: 5000000,
      filter: null,
      options: {
        cases: 100000,
        decisions: 5000000,
        depth: 'both',
        exhaustive: false,
        time: null,
        backendId: null,
        policy: null,
      },
      plan: 'a'.repeat(64),
      machine: { platform: 'linux', architecture: 'x64', node: '20.0.0' },
      started: '2026-11-22T12:00:00.000Z',
    },
    {
      record: 'counted',
      part: 2,
      area: 'programs',
      first: 0,
      steps: 1,
      cases: 4096,
      verdicts: { 'expected-fail': 82 },
      expected: [{ entry: 1, cases: 82, block: 0, case: '5601' }],
      met: [
        { entry: 1, query: '' },
        { entry: 2, query: 'WSB-BLOB-10/*' },
      ],
      milliseconds: 12.5,
    },
    {
      record: 'case',
      id: CASE.id,
      area: 'precedence',
      clauses: ['WSB-PREC-01'],
      kind: 'control',
      verdict: 'pass',
    },
    FINDING,
    { record: 'area', area: 'precedence', clauses: 11, cases: 0, verdicts: NO_CASES, milliseconds: 0 },
    FOOTER,
    { ...FOOTER, coverage: COVERAGE },
  ],
  'recorded-engine': [],
  recording: [],
  expectations: [
    {
      subject: 'upstream',
      failures: [
        {
          clause: 'WSB-PARSE-03',
          rule: 'accept-minus-zero',
          message: 'steps[0] is "ok"',
          reason: 'A minus is taken.',
          link: 'https://example.org/issues/1',
          until: '2027-05-31',
        },
        {
          clause: 'WSB-BLOB-10',
          cases: ['WSB-BLOB-10/violation/*'],
          observed: ['step 0: load InvalidProgram'],
          message: 'should be "ok"',
          reason: 'Keys are searched as text.',
          link: 'conformance/expectations/upstream.md#wsb-blob-10',
          until: '2027-05-31',
        },
      ],
    },
  ],
  config: [
    {},
    {
      $schema: './config.schema.json',
      subject: 'so:./libx.so',
      seed: 7,
      failFast: true,
      filter: ['a', '!b'],
    },
    { tensorrt: true, depth: 'program', timeout: '500ms' },
  ],
  'engine-facts': [
    { version: 1, tensorrt: '10.6.0', gpu: null, simulated: true, engines: [] },
    { version: 1, tensorrt: '10.6.0', gpu: 'NVIDIA H200', simulated: false, engines: [FACTS] },
  ],
  reviewed: [
    { format: 1, clauses: {} },
    { format: 1, clauses: { 'WSB-PREC-01': 'a'.repeat(64) } },
  ],
};

const SHORT_FOOTER: Record<string, unknown> = { ...FOOTER };
delete SHORT_FOOTER['verdicts'];

/** Documents that a schema refuses, and the place of the fault. */
const INVALID: readonly (readonly [SchemaName, string, unknown, string])[] = [
  [
    'engine-facts',
    'a size that is no integer',
    { version: 1, tensorrt: '10.6.0', gpu: null, simulated: true, engines: [{ ...FACTS, scratch: '1.5' }] },
    '/engines/0/scratch',
  ],
  ['config', 'an option that there is not', { fitler: ['a'] }, 'the document'],
  ['config', 'a text for a list', { filter: 'a' }, '/filter'],
  ['config', 'a word that is none of those', { depth: 'all' }, '/depth'],
  [
    'catalogue',
    'an error that no side makes',
    {
      wrongImplementations: [{ ...WRONG, patch: undefined }],
      stateful: [],
      racy: [],
      unsound: [],
      faltering: [],
      correctVariants: [],
      baselines: [],
    },
    '/wrongImplementations/0',
  ],
  [
    'catalogue',
    'a patch that finds nothing',
    {
      wrongImplementations: [{ ...WRONG, patch: [{ ...WRONG.patch[0], find: '' }] }],
      stateful: [],
      racy: [],
      unsound: [],
      faltering: [],
      correctVariants: [],
      baselines: [],
    },
    '/wrongImplementations/0/patch/0/find',
  ],
  ['request', 'an unknown key', { ...REQUEST, expected: OUTCOME }, 'the document'],
  ['request', 'no steps', { ...REQUEST, steps: null }, '/steps'],
  ['request', 'a program of two forms', { ...REQUEST, program: { ...PROGRAM, hex: '00' } }, '/program'],
  ['request', 'half a byte', { ...REQUEST, program: { hex: '0' } }, '/program'],
  ['request', 'an absolute path', { ...REQUEST, program: { file: '/etc/passwd' } }, '/program'],
  ['request', 'a path out of the suite', { ...REQUEST, program: { file: 'golden/../../a.pte' } }, '/program'],
  [
    'request',
    'memory as a number',
    { ...REQUEST, device: { ...LOAD.device, freeBytes: 5 } },
    '/device/freeBytes',
  ],
  [
    'request',
    'memory of 2^64',
    { ...REQUEST, device: { ...LOAD.device, freeBytes: '18446744073709551616' } },
    '/device/freeBytes',
  ],
  [
    'outcome',
    'steps of a rejected program',
    { ...OUTCOME, program: { kind: 'rejected', error: 'NotFound' } },
    '/steps',
  ],
  [
    'outcome',
    'Ok as a failure',
    { ...OUTCOME, program: { kind: 'rejected', error: 'Ok' }, steps: [], engines: [] },
    '/program',
  ],
  ['outcome', 'an unknown violation', { ...OUTCOME, violations: ['sorry'] }, '/violations/0'],
  [
    'outcome',
    'a budget that is no int64',
    { ...OUTCOME, engines: [{ step: 0, source: null, applied: '9223372036854775808', calls: [] }] },
    '/engines/0/applied',
  ],
  ['case', 'no clause', { ...CASE, clauses: [] }, '/clauses'],
  ['case', 'an id with a line feed', { ...CASE, id: 'a\nb' }, '/id'],
  ['case', 'the answer', { ...CASE, expected: OUTCOME }, 'the document'],
  [
    'golden-manifest',
    'a path upwards',
    { ...MANIFEST, programs: [{ ...MANIFEST.programs[0], file: '../a.pte' }] },
    '/programs/0/file',
  ],
  [
    'golden-flags',
    'no clause',
    { masking: { bugClass: 'a', effect: 'b', clauses: [], links: [] } },
    '/masking/clauses',
  ],
  ['reviewed', 'no format', { clauses: {} }, 'the document'],
  ['reviewed', 'an id of no clause', { format: 1, clauses: { 'PREC-01': 'a'.repeat(64) } }, '/clauses'],
  [
    'reviewed',
    'half a hash',
    { format: 1, clauses: { 'WSB-PREC-01': 'a'.repeat(32) } },
    '/clauses/WSB-PREC-01',
  ],
  ['report', 'a footer without counts', SHORT_FOOTER, 'the document'],
  ['report', 'an unknown exit code', { ...FOOTER, exitCode: 6 }, '/exitCode'],
  [
    'report',
    'a coverage without a level',
    { ...FOOTER, coverage: { ...COVERAGE, levels: {} } },
    '/coverage/levels',
  ],
  ['report', 'a verdict missing from the counts', { ...FOOTER, verdicts: { pass: 1 } }, '/verdicts'],
  [
    'report',
    'an expected failure without its first case',
    {
      record: 'counted',
      part: 2,
      area: 'programs',
      first: 0,
      steps: 1,
      cases: 4096,
      verdicts: { 'expected-fail': 82 },
      expected: [{ entry: 1, cases: 82 }],
      milliseconds: 12.5,
    },
    '/expected/0',
  ],
  ['report', 'an observation of no kind', { ...FINDING, observed: {} }, '/observed'],
  [
    'expectations',
    'cases without what is observed',
    {
      subject: 'upstream',
      failures: [
        {
          clause: 'WSB-BLOB-10',
          cases: ['WSB-BLOB-10/*'],
          message: 'is broken',
          reason: 'Unknown.',
          link: 'upstream.md',
          until: '2027-05-31',
        },
      ],
    },
    '/failures/0',
  ],
];

describe('the JSON schemas', () => {
  for (const name of SCHEMA_NAMES) {
    for (const [index, value] of VALID[name].entries()) {
      it(`${name} accepts example ${index + 1}`, () => {
        expect(schemas.faults(name, value)).toEqual([]);
      });
    }
  }

  for (const [name, what, value, place] of INVALID) {
    it(`${name} refuses ${what}`, () => {
      expect(schemas.faults(name, value).join('; ')).toContain(`${place} `);
    });
  }
});

describe('int64 as a decimal string', () => {
  const applied = (text: string): readonly string[] =>
    schemas.faults('outcome', { ...OUTCOME, engines: [{ step: 0, source: null, applied: text, calls: [] }] });

  it.each([
    '0',
    '1',
    '10',
    '-1',
    '999999999999999999',
    '9223372036854775807',
    '-9223372036854775808',
    '9199999999999999999',
  ])('accepts %s', (text) => {
    expect(applied(text)).toEqual([]);
  });

  it.each([
    '',
    '-',
    '-0',
    '00',
    '01',
    '+1',
    ' 1',
    '1 ',
    '1.0',
    '9223372036854775808',
    '-9223372036854775809',
    '10000000000000000000',
  ])('refuses "%s"', (text) => {
    expect(applied(text)).not.toEqual([]);
  });

  it('agrees with BigInt around every power of ten and both limits', () => {
    const limits = [-(2n ** 63n), 2n ** 63n - 1n];
    const powers = Array.from({ length: 20 }, (_, n) => 10n ** BigInt(n));
    for (const near of [...powers, ...powers.map((power) => -power), ...limits]) {
      for (let value = near - 11n; value <= near + 11n; value += 1n) {
        const inRange = BigInt.asIntN(64, value) === value;
        expect(applied(String(value)).length === 0, String(value)).toBe(inRange);
      }
    }
  });
});

describe('each schema', () => {
  it.each(['common', ...SCHEMA_NAMES])('%s is one of the draft that it names', (name) => {
    const file = fileURLToPath(new URL(`schemas/${name}.schema.json`, import.meta.url));
    const draft = new Ajv2020({ strict: true, strictTypes: false, validateFormats: false });
    const valid = draft.validateSchema(JSON.parse(readFileSync(file, 'utf8')) as object);
    expect(valid, draft.errorsText()).toBe(true);
  });
});

describe('parse', () => {
  it('gives the value', () => {
    expect(schemas.parse('outcome', JSON.stringify(OUTCOME), 'a.json')).toEqual(OUTCOME);
  });

  it('names the file of a text that is no JSON', () => {
    expect(() => schemas.parse('outcome', '{', 'a.json')).toThrow(new DocumentError('a.json', 'is not JSON'));
  });

  it('names file, schema and place of a fault', () => {
    expect(() => schemas.parse('outcome', JSON.stringify({ ...OUTCOME, extra: 1 }), 'a.json')).toThrow(
      'a.json breaks the schema outcome: the document must NOT have additional properties (extra)',
    );
  });
});
