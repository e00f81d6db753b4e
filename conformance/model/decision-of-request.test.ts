import { describe, expect, it } from 'vitest';
import { decide } from '../../reference/rules/decide.js';
import { scenarioRequest } from './scenario/scenario-request.js';
import type { Scenario } from './scenario/scenario.js';
import { builder, loadMethod, span, unload } from './scenario/vocabulary.js';
import { caseRequest } from '../generators/case-request.js';
import { CaseBlock, recordAt } from '../bulk/flat/case-block.js';
import { decisionOfRequest } from './decision-of-request.js';
import { ByteWriter } from '../wire/byte-writer.js';
import { checkDecision } from '../wire/check-decision.js';
import { decodeDecision } from '../wire/decode-decision.js';
import { encodeDecision } from '../wire/encode-decision.js';
import { generatedFromRecord } from '../generators/generated-from-record.js';

describe('decisionOfRequest', () => {
  it('asks of a record what the case that it stands for asks', () => {
    const block = new CaseBlock();
    block.fill(20_261_122, 0);
    for (let at = 0; at < block.count; at++) {
      const record = recordAt(block, at);
      const decision = decisionOfRequest(caseRequest(generatedFromRecord(record)));
      if (decision === null) throw new Error('A decision case has no more to it than decisions.');
      expect(decide(decision)).toEqual(decide(decodeDecision(record, 0)));
    }
  });

  it('has the options that a host delivers', () => {
    const own = builder(['weight_streaming_budget', '5\0junk'], ['weight_streaming_budget', '7']);
    const foreign = { ...span(['weight_streaming_budget', '9']), backend: 'XnnpackBackend' };
    const decision = decisionOfRequest(scenarioRequest({ options: [own, foreign] }));
    expect(decision?.options).toEqual([
      { key: 'weight_streaming_budget', value: { type: 'array', bytes: Uint8Array.of(0x37) } },
    ]);
  });

  it('has as many bytes as a record holds', () => {
    // 4 of the record, 19 of the engine, 3 and the key of the spec.
    const value = '5'.repeat(65_535 - 4 - 19 - 3 - 'weight_streaming_budget'.length);
    const scenario = { engines: [{ specs: [['weight_streaming_budget', value]] }] } as const;
    const decision = decisionOfRequest(scenarioRequest(scenario));
    const writer = new ByteWriter();
    encodeDecision(writer, decision ?? { options: [], engines: [] });
    expect(writer.length).toBe(65_535);
    expect(checkDecision(writer.take(), 0)).toBe(65_535);
  });

  it.each<[string, Scenario]>([
    ['two methods', { methods: { decode: [{}], prefill: [{}] } }],
    ['several steps', { steps: [loadMethod('forward'), unload('forward')] }],
    ['another method', { steps: [loadMethod('backward')] }],
    ['a module', { module: null }],
    ['a fault', { fault: { call: 'cudaMalloc', occurrence: 1 } }],
    ['another backend', { engines: [{}, { backend: 'XnnpackBackend' }] }],
    ['a modelled engine', { modelled: true }],
    ['a map that ExecuTorch refuses', { options: [{ ...span(['a', '5']), backend: '' }] }],
    ['more options than a record holds', { options: [span(...Array<['a', '5']>(16).fill(['a', '5']))] }],
    [
      'more bytes than a record holds',
      { engines: [{ specs: [['weight_streaming_budget', '5'.repeat(65_487)]] }] },
    ],
    ['no engine', { engines: [] }],
    ['more engines than a record holds', { engines: Array<object>(65).fill({}) }],
    ['bytes for a program', { file: { label: 'as it is', edit: (program) => program } }],
  ])('is none for %s', (_, scenario) => {
    expect(decisionOfRequest(scenarioRequest(scenario))).toBeNull();
  });
});
