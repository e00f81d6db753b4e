import { describe, expect, it } from 'vitest';
import { CaseBlock, recordAt } from '../bulk/flat/case-block.js';
import { decodeDecision } from '../wire/decode-decision.js';
import { bytesToHex } from '../wire/json/json-bytes.js';
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
            key,
            value:
              value.type === 'array' ? { type: 'array', bytes: { hex: bytesToHex(value.bytes) } } : value,
          })),
          engines: engines.map(({ streamable, automatic, setAnswers, specs }) => ({
            streamable: String(streamable),
            automatic: String(automatic),
            setAnswers,
            compileSpecs: specs.map(({ key, value }) => ({ key, value: { hex: bytesToHex(value) } })),
          })),
        },
      });
    }
  });
});
