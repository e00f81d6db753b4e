import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';

const read = (file: string): string => readFileSync(fileURLToPath(new URL(file, import.meta.url)), 'utf8');

const ID = 'https://trt-delegate-conformance.example/spec/0.2/protocol.schema.json';
const ajv = new Ajv2020({ strict: true, strictTypes: false, validateFormats: false });
for (const name of ['common', 'request', 'outcome', 'protocol']) {
  ajv.addSchema(JSON.parse(read(`schemas/${name}.schema.json`)) as object);
}

/** Whether one side may write the message. */
function accepts(side: 'fromRunner' | 'fromSubject', message: unknown): boolean {
  return ajv.validate(`${ID}#/$defs/${side}`, message);
}

const CAPABILITIES = {
  program: true,
  decision: true,
  module: true,
  execute: true,
  verification: true,
  faults: true,
  memory: true,
  plans: true,
  source: false,
  warned: true,
  leaks: true,
  violations: true,
  progress: false,
};

const RUNNER_HELLO = {
  message: 'hello',
  versions: [1],
  framings: ['json-lines', 'binary'],
  flush: 'batch',
  progress: null,
  specification: '0.2',
};

const SUBJECT_HELLO = {
  message: 'hello',
  version: 1,
  framing: 'binary',
  name: 'acme-delegate',
  versions: { 'acme-delegate': '2.4.0' },
  capabilities: CAPABILITIES,
};

const OPTION = { key: 'weight_streaming_budget', value: { type: 'array', bytes: { hex: '31' } } };

const REQUEST = {
  program: { hex: '00ff' },
  verification: 'minimal',
  device: { totalBytes: '10', freeBytes: '10', faults: [] },
  module: null,
  steps: [
    {
      op: 'load',
      method: 'forward',
      options: [{ backend: 'TensorRTBackend', via: 'span', options: [OPTION] }],
    },
    { op: 'execute', method: 'forward' },
  ],
};

const PLAN = {
  kind: 'modelled',
  deserializes: true,
  createsContext: true,
  enqueues: true,
  setAnswers: [],
  setDefault: true,
  streamable: '1',
  automatic: '1',
  scratch: '1',
  activations: '1',
  bindings: [],
};

const ENGINE = {
  streamable: '4096',
  automatic: '-1',
  setAnswers: [true, true, true, true, true, true, true, false],
  compileSpecs: [{ key: 'a\u0000b', value: { hex: '' } }],
};

const CASE = { options: [OPTION], engines: [ENGINE] };

const OUTCOME = {
  program: { kind: 'rejected', error: 'InvalidProgram' },
  steps: [],
  engines: [],
  leaks: { runtimes: 0, engines: 0, contexts: 0, events: 0, allocations: 0 },
  violations: [],
};

const DECIDED = { source: 'option', warned: false, automaticRead: false, sets: [{ budget: '1', ok: true }] };

const FROM_RUNNER: readonly (readonly [string, unknown])[] = [
  ['hello', RUNNER_HELLO],
  ['hello with a progress file', { ...RUNNER_HELLO, progress: '/tmp/progress' }],
  ['plan', { message: 'plan', sha256: 'a'.repeat(64), plan: PLAN }],
  ['run', { message: 'run', seq: 1, request: REQUEST }],
  ['decide', { message: 'decide', seq: 4_294_967_295, case: CASE }],
  ['stop', { message: 'stop' }],
];

const FROM_SUBJECT: readonly (readonly [string, unknown])[] = [
  ['hello', SUBJECT_HELLO],
  ['begin', { message: 'begin', seq: 1 }],
  ['outcome', { message: 'outcome', seq: 1, outcome: OUTCOME }],
  ['decision', { message: 'decision', seq: 2, decision: { error: 'Ok', engines: [DECIDED] } }],
  ['failure of a case', { message: 'failure', seq: 7, reason: 'out of memory' }],
  ['failure of the subject', { message: 'failure', seq: null, reason: 'no version in common' }],
];

const NO_PROGRESS = Object.fromEntries(Object.entries(CAPABILITIES).filter(([name]) => name !== 'progress'));

const REFUSED: readonly (readonly ['fromRunner' | 'fromSubject', string, unknown])[] = [
  ['fromRunner', 'no version', { ...RUNNER_HELLO, versions: [] }],
  ['fromRunner', 'binary frames alone', { ...RUNNER_HELLO, framings: ['binary'] }],
  ['fromRunner', 'a relative path', { ...RUNNER_HELLO, progress: 'progress' }],
  ['fromRunner', 'case 0', { message: 'run', seq: 0, request: REQUEST }],
  ['fromRunner', 'case 2^32', { message: 'run', seq: 4_294_967_296, request: REQUEST }],
  ['fromRunner', 'the answer', { message: 'run', seq: 1, request: REQUEST, expected: OUTCOME }],
  [
    'fromRunner',
    'a program by its file',
    { message: 'run', seq: 1, request: { ...REQUEST, program: { file: 'a.pte' } } },
  ],
  [
    'fromRunner',
    'option bytes as text',
    {
      message: 'run',
      seq: 1,
      request: {
        ...REQUEST,
        steps: [
          {
            op: 'load',
            method: 'forward',
            options: [
              {
                backend: 'TensorRTBackend',
                via: 'span',
                options: [{ key: 'a', value: { type: 'array', bytes: { text: '5' } } }],
              },
            ],
          },
        ],
      },
    },
  ],
  ['fromRunner', 'no engine', { message: 'decide', seq: 1, case: { ...CASE, engines: [] } }],
  [
    'fromRunner',
    'seven answers',
    { message: 'decide', seq: 1, case: { ...CASE, engines: [{ ...ENGINE, setAnswers: [true] }] } },
  ],
  [
    'fromRunner',
    'an array of 257 bytes',
    {
      message: 'decide',
      seq: 1,
      case: { ...CASE, options: [{ key: 'a', value: { type: 'array', bytes: { hex: '00'.repeat(257) } } }] },
    },
  ],
  ['fromRunner', 'a begin', { message: 'begin', seq: 1 }],
  ['fromSubject', 'a capability that is missing', { ...SUBJECT_HELLO, capabilities: NO_PROGRESS }],
  [
    'fromSubject',
    'a capability that nobody knows',
    { ...SUBJECT_HELLO, capabilities: { ...CAPABILITIES, telepathy: true } },
  ],
  [
    'fromSubject',
    'a capability that is neither true nor false',
    { ...SUBJECT_HELLO, capabilities: { ...CAPABILITIES, leaks: 'yes' } },
  ],
  ['fromSubject', 'an unknown member', { message: 'begin', seq: 1, time: 5 }],
  ['fromSubject', 'an unknown message', { message: 'skip', seq: 1 }],
  ['fromSubject', 'an outcome without its number', { message: 'outcome', outcome: OUTCOME }],
  [
    'fromSubject',
    'an error that ExecuTorch does not have',
    { message: 'decision', seq: 1, decision: { error: 'Bad', engines: [DECIDED] } },
  ],
  [
    'fromSubject',
    'a budget as a number',
    {
      message: 'decision',
      seq: 1,
      decision: { error: 'Ok', engines: [{ ...DECIDED, sets: [{ budget: 1, ok: true }] }] },
    },
  ],
  ['fromSubject', 'a failure without a reason', { message: 'failure', seq: 1, reason: '' }],
];

describe('the schema of the protocol', () => {
  it.each(FROM_RUNNER)('lets the runner write: %s', (_what, message) => {
    expect(accepts('fromRunner', message)).toBe(true);
    expect(ajv.validate(ID, message)).toBe(true);
  });

  it.each(FROM_SUBJECT)('lets a subject write: %s', (_what, message) => {
    expect(accepts('fromSubject', message)).toBe(true);
    expect(ajv.validate(ID, message)).toBe(true);
  });

  it.each(REFUSED)('%s refuses %s', (side, _what, message) => {
    expect(accepts(side, message)).toBe(false);
  });
});

describe('spec/protocol.md', () => {
  const text = read('protocol.md');
  const examples = [...text.matchAll(/```json\n(.*?)```/gs)].map(
    ([, body]) => JSON.parse(body ?? '') as object,
  );

  it('shows messages that the schema accepts', () => {
    expect(examples.length).toBeGreaterThan(3);
    for (const example of examples) {
      // The path of the example is cut short.
      expect(ajv.validate(ID, example), JSON.stringify(ajv.errors)).toBe(true);
    }
  });

  it('has a row for every capability', () => {
    const rows = [...text.matchAll(/^\| `([a-z]+)` +\| /gm)].map(([, name]) => name);
    for (const capability of Object.keys(CAPABILITIES)) expect(rows).toContain(capability);
  });
});
