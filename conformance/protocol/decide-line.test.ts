import { describe, expect, it } from 'vitest';
import { CaseBlock, recordAt } from '../bulk/flat/case-block.js';
import { ByteWriter } from '../wire/byte-writer.js';
import { decodeDecision } from '../wire/decode-decision.js';
import { encodeDecision } from '../wire/encode-decision.js';
import { bytesToHex, nameToJson } from '../wire/json/json-bytes.js';
import { decideLine } from './decide-line.js';

describe('decideLine', () => {
  it('says what the record says', () => {
    const block = new CaseBlock();
    block.fill(7, 9);
    for (let index = 0; index < block.count; index++) {
      const record = recordAt(block, index);
      const { options, engines } = decodeDecision(record, 0);
      const line = decideLine(record, index + 1);
      expect(line.endsWith('\n')).toBe(true);
      expect(JSON.parse(line)).toEqual({
        message: 'decide',
        seq: index + 1,
        case: {
          options: options.map(({ key, value }) => ({
            key: nameToJson(key),
            value:
              value.type === 'array' ? { type: 'array', bytes: { hex: bytesToHex(value.bytes) } } : value,
          })),
          engines: engines.map(({ streamable, automatic, setAnswers, specs }) => ({
            streamable: String(streamable),
            automatic: String(automatic),
            setAnswers,
            compileSpecs: specs.map(({ key, value }) => ({
              key: nameToJson(key),
              value: { hex: bytesToHex(value) },
            })),
          })),
        },
      });
    }
  });

  it('holds keys that are no UTF-8 in hexadecimal', () => {
    const writer = new ByteWriter();
    const keys = ['a\udcff', 'a\udcfe', '\ufeffa'];
    const value = Uint8Array.of(0x31);
    const engine = { streamable: 1n, automatic: 1n, setAnswers: [], specs: [{ key: 'a\udcff', value }] };
    const options = keys.map((key) => ({ key, value: { type: 'array', bytes: value } as const }));
    encodeDecision(writer, { options, engines: [engine] });
    expect(decodeDecision(writer.take(), 0).options).toEqual(options);
    expect(JSON.parse(decideLine(writer.take(), 1))).toMatchObject({
      case: {
        options: [{ key: { hex: '61ff' } }, { key: { hex: '61fe' } }, { key: '\ufeffa' }],
        engines: [{ compileSpecs: [{ key: { hex: '61ff' } }] }],
      },
    });
  });
});
