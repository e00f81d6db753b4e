import { BACKEND } from '../model/names.js';
import {
  type GeneratedCase,
  type GeneratedEngine,
  type GeneratedText,
  type GeneratedValue,
  PLAIN_CASE,
  PLAIN_ENGINE,
} from './generated-case.js';
import type { DeliveredValue } from '../../reference/rules/delivered-option.js';
import { decodeDecision } from '../wire/decode-decision.js';
import {
  ENGINE_FLAGS,
  FLAG_CONTEXT_NULL,
  FLAG_DESERIALIZE_NULL,
  optionsEnd,
  specsEnd,
} from '../wire/decision-format.js';
import { memoryOf } from '../wire/memory.js';

const ZERO = 0x30;

/**
 * The generated case that a decision record stands for, in the terms in which cases are shrunk,
 * replayed and shown. At program depth it asks of a delegate just what the record's own program and
 * request do.
 */
export function generatedFromRecord(record: Uint8Array): GeneratedCase {
  const block = memoryOf(record);
  const { options, engines } = decodeDecision(record, 0);
  let at = optionsEnd(block, 0);
  const generated = engines.map((engine): GeneratedEngine => {
    const flags = record[at + ENGINE_FLAGS] ?? 0;
    at = specsEnd(block, at);
    return {
      ...PLAIN_ENGINE,
      specs: engine.specs.map(({ key, value }) => ({ key, value: textOf(value) })),
      streamable: engine.streamable,
      automatic: engine.automatic,
      answers: engine.setAnswers,
      trouble: troubleOf(flags),
      inline: true,
    };
  });
  const entry = {
    options: options.map(({ key, value }) => ({ key, value: valueOf(value) })),
    backend: BACKEND,
    via: 'span' as const,
  };
  return {
    ...PLAIN_CASE,
    engines: generated,
    options: options.length === 0 ? null : [entry],
    minimal: true,
  };
}

function troubleOf(flags: number): GeneratedEngine['trouble'] {
  if ((flags & FLAG_DESERIALIZE_NULL) !== 0) return 'no-engine';
  return (flags & FLAG_CONTEXT_NULL) !== 0 ? 'no-context' : 'none';
}

function valueOf(value: DeliveredValue): GeneratedValue {
  return value.type === 'array' ? { type: 'array', text: textOf(value.bytes) } : value;
}

/** Leading zeros are told by their number, so that a long text shrinks in a few steps. */
function textOf(bytes: Uint8Array): GeneratedText {
  const end = bytes.findIndex((byte) => byte !== ZERO);
  const zeros = end < 0 ? bytes.length : end;
  return { zeros, body: bytes.slice(zeros) };
}
