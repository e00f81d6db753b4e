import type { DecisionCase, DecisionEngine } from '../../reference/rules/decide.js';
import { bytesFromName } from '../../reference/text/name-bytes.js';
import type { ByteWriter } from './byte-writer.js';
import { BUDGET_KEY, OPTION_ARRAY, OPTION_BOOL, OPTION_INT } from './decision-format.js';

const BUDGET_TEXT = new TextDecoder().decode(BUDGET_KEY);

/** Appends the decision record of a case (spec/decision-format.md). */
export function encodeDecision(writer: ByteWriter, subject: DecisionCase): void {
  const start = writer.length;
  writer.u16(0);
  writer.u8(subject.options.length);
  writer.u8(subject.engines.length);
  for (const { key, value } of subject.options) {
    writeKey(writer, key);
    switch (value.type) {
      case 'bool':
        writer.u8(OPTION_BOOL);
        writer.u8(value.value ? 1 : 0);
        break;
      case 'int':
        writer.u8(OPTION_INT);
        writer.i32(value.value);
        break;
      case 'array':
        writer.u8(OPTION_ARRAY);
        writer.bytes16(value.bytes);
        break;
    }
  }
  for (const engine of subject.engines) writeEngine(writer, engine);
  writer.patchU16(start, writer.length - start);
}

function writeEngine(writer: ByteWriter, engine: DecisionEngine): void {
  writer.i64(engine.streamable);
  writer.i64(engine.automatic);
  writer.u8(engine.setAnswers.reduce((mask, answer, n) => (answer ? mask | (1 << n) : mask), 0));
  writer.u8(0);
  writer.u8(engine.specs.length);
  for (const { key, value } of engine.specs) {
    writeKey(writer, key);
    writer.bytes16(value);
  }
}

function writeKey(writer: ByteWriter, key: string): void {
  const bytes = key === BUDGET_TEXT ? BUDGET_KEY : bytesFromName(key);
  writer.count8(bytes.length, 'key');
  writer.bytes(bytes);
}
