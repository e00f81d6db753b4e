import { ERROR_CODES } from '../../../reference/outcome/error-code.js';
import type { Depth } from '../../model/depth.js';
import {
  ENGINE_ANSWERS,
  ENGINE_AUTOMATIC,
  ENGINE_FLAGS,
  ENGINE_HEADER,
  ENGINE_SPECS,
  ENGINE_STREAMABLE,
  FLAG_AUTOMATIC_READ,
  FLAG_CONTEXT_NULL,
  FLAG_DESERIALIZE_NULL,
  FLAG_WARNED,
  OPTION_ARRAY,
  OPTION_BOOL,
  OPTION_INT,
  OUTCOME_CONTEXT_REFUSED,
  OUTCOME_ENGINE,
  OUTCOME_HEADER,
  RECORD_HEADER,
  SOURCE_AUTOMATIC,
  SOURCE_COMPILE_SPEC,
  SOURCE_NONE,
  SOURCE_OPTION,
} from '../../wire/decision-format.js';
import { checkDecision } from '../../wire/check-decision.js';
import type { Memory } from '../../wire/memory.js';
import { FlatBudget } from './flat-budget.js';
import { isBudgetKey } from './key-bytes.js';

/** What the load-time options or the compile specs come to. */
enum Finding {
  Absent,
  /** An empty option: ignored, and said so. */
  Ignored,
  Explicit,
  Rejected,
}

/**
 * The model of a decision on flat bytes: the same rules as reference/, without objects, for cases
 * in bulk. It is held to the readable model on a sample of every run and on every mismatch.
 */
export class FlatModel {
  /**
   * @param depth - at program depth the null results of `deserializeCudaEngine` and
   * `createExecutionContext` that a record asks for play their part; at decision depth neither call
   * is made
   */
  constructor(private readonly depth: Depth) {}

  private readonly option = new FlatBudget();
  private readonly spec = new FlatBudget();
  /** Where the compile specs that were read last end. */
  private end = 0;

  /**
   * Decides every record of `block` up to `blockEnd` and writes the outcomes to the beginning of
   * `out`, both as spec/decision-format.md lays them out.
   *
   * @returns the offset in `out` behind the last outcome
   */
  decideBlock(block: Memory, blockEnd: number, out: Memory): number {
    let outAt = 0;
    for (let at = 0; at < blockEnd; at += block.view.getUint16(at, true)) {
      outAt = this.decide(block, at, out, outAt);
    }
    return outAt;
  }

  /**
   * As {@link decideBlock}, for records that anybody may have written; those of a generator need no
   * check.
   *
   * @throws WireError when one is malformed; nothing is decided then.
   */
  decideForeign(block: Memory, blockEnd: number, out: Memory): number {
    for (let at = 0; at < blockEnd;) at = checkDecision(block.bytes.subarray(0, blockEnd), at);
    return this.decideBlock(block, blockEnd, out);
  }

  /** Decides one record; returns the offset in `out` behind its outcome. */
  decide(block: Memory, at: number, out: Memory, outAt: number): number {
    const engines = block.bytes[at + 3] ?? 0;
    const option = this.readOptions(block, at + RECORD_HEADER, block.bytes[at + 2] ?? 0);
    let engine = this.end;
    let outEngine = outAt + OUTCOME_HEADER;
    let error = 0;
    let reached = 0;
    while (reached < engines && error === 0) {
      clearEngine(out.view, outEngine);
      const spec = this.readSpecs(block, engine);
      if (!this.initEngine(block, engine, option, spec, out, outEngine)) error = ERROR_CODES.InvalidProgram;
      outEngine += OUTCOME_ENGINE;
      engine = this.end;
      reached++;
    }
    out.bytes[outAt] = error;
    out.bytes[outAt + 1] = reached;
    return outEngine;
  }

  /**
   * One engine's turn: deserialized, given its budget, and its context made; false when the load is
   * rejected.
   */
  private initEngine(
    block: Memory,
    engine: number,
    option: Finding,
    spec: Finding,
    out: Memory,
    outEngine: number,
  ): boolean {
    const flags = this.depth === 'program' ? (block.bytes[engine + ENGINE_FLAGS] ?? 0) : 0;
    if ((flags & FLAG_DESERIALIZE_NULL) !== 0) return false; // WSB-FAIL-02
    if (!this.applyEngine(block, engine, option, spec, out, outEngine)) return false;
    if ((flags & FLAG_CONTEXT_NULL) === 0) return true;
    out.bytes[outEngine + OUTCOME_CONTEXT_REFUSED] = 1; // WSB-FAIL-03
    return false;
  }

  /** The first option with the key decides (WSB-OPT-12). */
  private readOptions(block: Memory, at: number, count: number): Finding {
    const { bytes, view } = block;
    let finding = Finding.Absent;
    let found = false;
    for (let i = 0; i < count; i++) {
      const keyEnd = at + 1 + (bytes[at] ?? 0);
      const isBudget = !found && isBudgetKey(view, at + 1, keyEnd);
      const type = bytes[keyEnd];
      const value = keyEnd + 1;
      at = value + (type === OPTION_BOOL ? 1 : type === OPTION_INT ? 4 : 2 + view.getUint16(value, true));
      if (isBudget) {
        found = true;
        finding = this.readOption(block, type, value, at);
      }
    }
    this.end = at;
    return finding;
  }

  private readOption(block: Memory, type: number | undefined, value: number, end: number): Finding {
    if (type === OPTION_INT) {
      const budget = block.view.getInt32(value, true);
      this.option.high = 0;
      this.option.low = budget;
      return budget >= 0 ? Finding.Explicit : Finding.Rejected; // WSB-OPT-02, WSB-OPT-03
    }
    if (type !== OPTION_ARRAY) return Finding.Rejected; // WSB-OPT-04
    const text = value + 2;
    const stop = cStringEnd(block.bytes, text, end); // WSB-OPT-08
    if (stop === text) return Finding.Ignored; // WSB-OPT-05
    return this.option.parse(block, text, stop) ? Finding.Explicit : Finding.Rejected; // WSB-OPT-01, WSB-OPT-09
  }

  private readSpecs(block: Memory, engine: number): Finding {
    const { bytes, view } = block;
    let at = engine + ENGINE_HEADER;
    let matches = 0;
    let valid = false;
    for (let count = bytes[engine + ENGINE_SPECS] ?? 0; count > 0; count--) {
      const keyEnd = at + 1 + (bytes[at] ?? 0);
      const value = keyEnd + 2;
      const valueEnd = value + view.getUint16(keyEnd, true);
      if (isBudgetKey(view, at + 1, keyEnd)) {
        matches++;
        valid = matches === 1 && this.spec.parse(block, value, valueEnd);
      }
      at = valueEnd;
    }
    this.end = at;
    if (matches === 0) return Finding.Absent;
    return valid ? Finding.Explicit : Finding.Rejected; // WSB-PREC-06, WSB-PREC-07
  }

  /** Chooses and applies the budget of one engine; false when the load is rejected. */
  private applyEngine(
    { bytes, view }: Memory,
    engine: number,
    option: Finding,
    spec: Finding,
    out: Memory,
    outEngine: number,
  ): boolean {
    const byOption = option === Finding.Explicit;
    if (option === Finding.Ignored) out.bytes[outEngine + 1] = FLAG_WARNED; // WSB-OPT-06
    if (option === Finding.Rejected || (!byOption && spec === Finding.Rejected)) {
      out.bytes[outEngine + 1] = FLAG_WARNED;
      return false;
    }
    const high = view.getInt32(engine + ENGINE_STREAMABLE + 4, true);
    const low = view.getUint32(engine + ENGINE_STREAMABLE, true);
    const streams = high > 0 || (high === 0 && low > 0);
    const answers = bytes[engine + ENGINE_ANSWERS] ?? 0;
    if (byOption || spec === Finding.Explicit) {
      if (!streams) {
        out.bytes[outEngine + 1] = FLAG_WARNED; // WSB-APPLY-07, WSB-APPLY-08
        return true;
      }
      const budget = byOption ? this.option : this.spec;
      const smaller = budget.high < high || (budget.high === high && budget.low < low); // WSB-APPLY-01
      const accepted = (answers & 1) === 1;
      noteSet(out, outEngine, 0, smaller ? budget.high : high, smaller ? budget.low : low, accepted);
      out.bytes[outEngine] = !accepted ? SOURCE_NONE : byOption ? SOURCE_OPTION : SOURCE_COMPILE_SPEC;
      if (!accepted) out.bytes[outEngine + 1] = FLAG_WARNED;
      return accepted; // WSB-APPLY-03
    }
    return !streams || this.applyAutomatic(view, engine, answers, out, outEngine); // WSB-APPLY-09
  }

  private applyAutomatic(
    view: DataView,
    engine: number,
    answers: number,
    out: Memory,
    outEngine: number,
  ): boolean {
    const high = view.getInt32(engine + ENGINE_AUTOMATIC + 4, true);
    const low = view.getUint32(engine + ENGINE_AUTOMATIC, true);
    out.bytes[outEngine + 1] = (out.bytes[outEngine + 1] ?? 0) | FLAG_AUTOMATIC_READ;
    let accepted = (answers & 1) === 1;
    noteSet(out, outEngine, 0, high, low, accepted); // WSB-APPLY-04
    if (!accepted) {
      accepted = (answers & 2) === 2;
      noteSet(out, outEngine, 1, 0, 0, accepted); // WSB-APPLY-05
    }
    out.bytes[outEngine] = accepted ? SOURCE_AUTOMATIC : SOURCE_NONE;
    if (!accepted) out.bytes[outEngine + 1] = FLAG_WARNED | FLAG_AUTOMATIC_READ; // WSB-APPLY-06
    return accepted;
  }
}

/** Sets the {@link OUTCOME_ENGINE} bytes of an engine to zero. */
function clearEngine(view: DataView, at: number): void {
  for (let offset = 0; offset < OUTCOME_ENGINE; offset += 4) view.setUint32(at + offset, 0, true);
}

/** Notes the index-th set of an engine: its budget and TensorRT's answer. */
function noteSet(
  { bytes, view }: Memory,
  at: number,
  index: 0 | 1,
  high: number,
  low: number,
  accepted: boolean,
): void {
  bytes[at + 2] = index + 1;
  if (accepted) bytes[at + 3] = (bytes[at + 3] ?? 0) | (1 << index);
  view.setUint32(at + 8 + index * 8, low, true);
  view.setInt32(at + 12 + index * 8, high, true);
}

function cStringEnd(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    if (bytes[at] === 0) return at;
  }
  return to;
}
