import type { DecisionCase, DecisionEngine, DecisionOutcome } from '../../reference/rules/decide.js';
import type { DeliveredOption } from '../../reference/rules/delivered-option.js';
import { ERROR_CODES } from '../../reference/outcome/error-code.js';
import { nameFromBytes } from '../../reference/text/name-bytes.js';
import { checkDecision } from './check-decision.js';
import {
  ENGINE_ANSWERS,
  ENGINE_AUTOMATIC,
  ENGINE_HEADER,
  ENGINE_SPECS,
  ENGINE_STREAMABLE,
  FLAG_AUTOMATIC_READ,
  FLAG_WARNED,
  OPTION_BOOL,
  OPTION_INT,
  OUTCOME_ENGINE,
  OUTCOME_HEADER,
  RECORD_HEADER,
} from './decision-format.js';
import { SOURCES } from './outcome-codes.js';

const ANSWERS = 8;

/**
 * Reads one decision record back into a case.
 *
 * @throws WireError when it is malformed, whoever wrote it.
 */
export function decodeDecision(block: Uint8Array, record: number): DecisionCase {
  checkDecision(block, record);
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  let at = record + RECORD_HEADER;
  const options: DeliveredOption[] = [];
  for (let i = block[record + 2] ?? 0; i > 0; i--) {
    const keyEnd = at + 1 + (block[at] ?? 0);
    const key = nameFromBytes(block.subarray(at + 1, keyEnd));
    const { value, end } = decodeValue(block, view, keyEnd);
    options.push({ key, value });
    at = end;
  }
  const engines: DecisionEngine[] = [];
  for (let i = block[record + 3] ?? 0; i > 0; i--) {
    const { engine, end } = decodeEngine(block, view, at);
    engines.push(engine);
    at = end;
  }
  return { options, engines };
}

function decodeValue(
  block: Uint8Array,
  view: DataView,
  at: number,
): { value: DeliveredOption['value']; end: number } {
  const type = block[at];
  if (type === OPTION_BOOL) return { value: { type: 'bool', value: block[at + 1] === 1 }, end: at + 2 };
  if (type === OPTION_INT) return { value: { type: 'int', value: view.getInt32(at + 1, true) }, end: at + 5 };
  const end = at + 3 + view.getUint16(at + 1, true);
  return { value: { type: 'array', bytes: block.slice(at + 3, end) }, end };
}

function decodeEngine(
  block: Uint8Array,
  view: DataView,
  start: number,
): { engine: DecisionEngine; end: number } {
  let at = start + ENGINE_HEADER;
  const specs: { key: string; value: Uint8Array }[] = [];
  for (let i = block[start + ENGINE_SPECS] ?? 0; i > 0; i--) {
    const keyEnd = at + 1 + (block[at] ?? 0);
    const end = keyEnd + 2 + view.getUint16(keyEnd, true);
    specs.push({ key: nameFromBytes(block.subarray(at + 1, keyEnd)), value: block.slice(keyEnd + 2, end) });
    at = end;
  }
  const answers = block[start + ENGINE_ANSWERS] ?? 0;
  return {
    engine: {
      streamable: view.getBigInt64(start + ENGINE_STREAMABLE, true),
      automatic: view.getBigInt64(start + ENGINE_AUTOMATIC, true),
      setAnswers: Array.from({ length: ANSWERS }, (_, n) => ((answers >> n) & 1) === 1),
      specs,
    },
    end: at,
  };
}

/**
 * Reads one decision outcome. Sets beyond the second are counted but their budgets are not kept.
 */
export function decodeDecisionOutcome(bytes: Uint8Array, start: number): DecisionOutcome {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const engines = Array.from({ length: bytes[start + 1] ?? 0 }, (_, i) => {
    const at = start + OUTCOME_HEADER + i * OUTCOME_ENGINE;
    const flags = bytes[at + 1] ?? 0;
    return {
      source: SOURCES[bytes[at] ?? 0] ?? null,
      warned: (flags & FLAG_WARNED) !== 0,
      automaticRead: (flags & FLAG_AUTOMATIC_READ) !== 0,
      sets: Array.from({ length: bytes[at + 2] ?? 0 }, (_set, n) => ({
        budget: n < 2 ? view.getBigInt64(at + 8 + 8 * n, true) : 0n,
        ok: (((bytes[at + 3] ?? 0) >> n) & 1) === 1,
      })),
    };
  });
  return { rejected: bytes[start] !== ERROR_CODES.Ok, engines };
}
