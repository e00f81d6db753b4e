import { ERROR_CODES } from '../../../reference/outcome/error-code.js';
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
 * The model of a decision on flat bytes: the same rules as reference/, without objects, for volume. It is held
 * to the readable model on a sample of every run and on every mismatch.
 */
export class FlatModel {
  /**
   * @param depth - at program depth the null results of `deserializeCudaEngine` and `createExecutionContext` that a
   *   record asks for play their part; at decision depth neither call is made
   */
  constructor(private readonly depth: 'decision' | 'program') {}

  private readonly option = new FlatBudget();
  private readonly spec = new FlatBudget();
  /** Where the compile specs that were read last end. */
  private end = 0;

  /**
   * Decides every record of `block[0, blockEnd)` and writes the outcomes to `out` from `outAt` on, both as
   * spec/decision-format.md lays them out.
   *
   * @returns the offset in `out` behind the last outcome
   */
  decideBlock(
    block: Uint8Array,
    view: DataView,
    blockEnd: number,
    out: Uint8Array,
    outView: DataView,
    outAt = 0,
  ): number {
    for (let at = 0; at < blockEnd; at += view.getUint16(at, true)) {
      outAt = this.decide(block, view, at, out, outView, outAt);
    }
    return outAt;
  }

  /** Decides one record; returns the offset in `out` behind its outcome. */
  decide(
    block: Uint8Array,
    view: DataView,
    at: number,
    out: Uint8Array,
    outView: DataView,
    outAt: number,
  ): number {
    const engines = block[at + 3] ?? 0;
    const finding = this.readOptions(block, view, at + RECORD_HEADER, block[at + 2] ?? 0);
    let engine = this.end;
    let outEngine = outAt + OUTCOME_HEADER;
    let error = 0;
    let reached = 0;
    while (reached < engines && error === 0) {
      clearEngine(outView, outEngine);
      const fromSpecs = this.readSpecs(block, view, engine);
      const accepted = this.initEngine(view, engine, block, finding, fromSpecs, out, outView, outEngine);
      if (!accepted) error = ERROR_CODES.InvalidProgram;
      outEngine += OUTCOME_ENGINE;
      engine = this.end;
      reached++;
    }
    out[outAt] = error;
    out[outAt + 1] = reached;
    return outEngine;
  }

  /** One engine's turn: deserialized, given its budget, and its context made; false when the load is rejected. */
  private initEngine(
    view: DataView,
    engine: number,
    block: Uint8Array,
    option: Finding,
    spec: Finding,
    out: Uint8Array,
    outView: DataView,
    outEngine: number,
  ): boolean {
    const flags = this.depth === 'program' ? (block[engine + ENGINE_FLAGS] ?? 0) : 0;
    if ((flags & FLAG_DESERIALIZE_NULL) !== 0) return false; // WSB-FAIL-02
    if (!this.applyEngine(view, engine, block, option, spec, out, outView, outEngine)) return false;
    if ((flags & FLAG_CONTEXT_NULL) === 0) return true;
    out[outEngine + OUTCOME_CONTEXT_REFUSED] = 1; // WSB-FAIL-03
    return false;
  }

  /** The first option with the key decides (WSB-OPT-12). */
  private readOptions(block: Uint8Array, view: DataView, at: number, count: number): Finding {
    let finding = Finding.Absent;
    let found = false;
    for (let i = 0; i < count; i++) {
      const keyEnd = at + 1 + (block[at] ?? 0);
      const isBudget = !found && isBudgetKey(view, at + 1, keyEnd);
      const type = block[keyEnd];
      const value = keyEnd + 1;
      at = value + (type === OPTION_BOOL ? 1 : type === OPTION_INT ? 4 : 2 + view.getUint16(value, true));
      if (isBudget) {
        found = true;
        finding = this.readOption(block, view, type, value, at);
      }
    }
    this.end = at;
    return finding;
  }

  private readOption(
    block: Uint8Array,
    view: DataView,
    type: number | undefined,
    value: number,
    end: number,
  ): Finding {
    if (type === OPTION_INT) {
      const budget = view.getInt32(value, true);
      this.option.high = 0;
      this.option.low = budget;
      return budget >= 0 ? Finding.Explicit : Finding.Rejected; // WSB-OPT-02, WSB-OPT-03
    }
    if (type !== OPTION_ARRAY) return Finding.Rejected; // WSB-OPT-04
    const text = value + 2;
    const stop = cStringEnd(block, text, end); // WSB-OPT-08
    if (stop === text) return Finding.Ignored; // WSB-OPT-05
    return this.option.parse(block, view, text, stop) ? Finding.Explicit : Finding.Rejected; // WSB-OPT-01, WSB-OPT-09
  }

  private readSpecs(block: Uint8Array, view: DataView, engine: number): Finding {
    let at = engine + ENGINE_HEADER;
    let matches = 0;
    let valid = false;
    for (let count = block[engine + ENGINE_SPECS] ?? 0; count > 0; count--) {
      const keyEnd = at + 1 + (block[at] ?? 0);
      const value = keyEnd + 2;
      const valueEnd = value + view.getUint16(keyEnd, true);
      if (isBudgetKey(view, at + 1, keyEnd)) {
        matches++;
        valid = matches === 1 && this.spec.parse(block, view, value, valueEnd);
      }
      at = valueEnd;
    }
    this.end = at;
    if (matches === 0) return Finding.Absent;
    return valid ? Finding.Explicit : Finding.Rejected; // WSB-PREC-06, WSB-PREC-07
  }

  /** Chooses and applies the budget of one engine; false when the load is rejected. */
  private applyEngine(
    view: DataView,
    engine: number,
    block: Uint8Array,
    option: Finding,
    spec: Finding,
    out: Uint8Array,
    outView: DataView,
    outEngine: number,
  ): boolean {
    const byOption = option === Finding.Explicit;
    if (option === Finding.Ignored) out[outEngine + 1] = FLAG_WARNED; // WSB-OPT-06
    if (option === Finding.Rejected || (!byOption && spec === Finding.Rejected)) {
      out[outEngine + 1] = FLAG_WARNED;
      return false;
    }
    const high = view.getInt32(engine + ENGINE_STREAMABLE + 4, true);
    const low = view.getUint32(engine + ENGINE_STREAMABLE, true);
    const streams = high > 0 || (high === 0 && low > 0);
    const answers = block[engine + ENGINE_ANSWERS] ?? 0;
    if (byOption || spec === Finding.Explicit) {
      if (!streams) {
        out[outEngine + 1] = FLAG_WARNED; // WSB-APPLY-07, WSB-APPLY-08
        return true;
      }
      const budget = byOption ? this.option : this.spec;
      const smaller = budget.high < high || (budget.high === high && budget.low < low); // WSB-APPLY-01
      const accepted = (answers & 1) === 1;
      noteSet(out, outView, outEngine, 0, smaller ? budget.high : high, smaller ? budget.low : low, accepted);
      out[outEngine] = !accepted ? SOURCE_NONE : byOption ? SOURCE_OPTION : SOURCE_COMPILE_SPEC;
      if (!accepted) out[outEngine + 1] = FLAG_WARNED;
      return accepted; // WSB-APPLY-03
    }
    if (!streams) return true; // WSB-APPLY-09
    return this.applyAutomatic(view, engine, answers, out, outView, outEngine);
  }

  private applyAutomatic(
    view: DataView,
    engine: number,
    answers: number,
    out: Uint8Array,
    outView: DataView,
    outEngine: number,
  ): boolean {
    const high = view.getInt32(engine + ENGINE_AUTOMATIC + 4, true);
    const low = view.getUint32(engine + ENGINE_AUTOMATIC, true);
    out[outEngine + 1] = (out[outEngine + 1] ?? 0) | FLAG_AUTOMATIC_READ;
    let accepted = (answers & 1) === 1;
    noteSet(out, outView, outEngine, 0, high, low, accepted); // WSB-APPLY-04
    if (!accepted) {
      accepted = (answers & 2) === 2;
      noteSet(out, outView, outEngine, 1, 0, 0, accepted); // WSB-APPLY-05
    }
    out[outEngine] = accepted ? SOURCE_AUTOMATIC : SOURCE_NONE;
    if (!accepted) out[outEngine + 1] = FLAG_WARNED | FLAG_AUTOMATIC_READ; // WSB-APPLY-06
    return accepted;
  }
}

/** Sets the {@link OUTCOME_ENGINE} bytes of an engine to zero. */
function clearEngine(view: DataView, at: number): void {
  for (let offset = 0; offset < OUTCOME_ENGINE; offset += 4) view.setUint32(at + offset, 0, true);
}

/** Notes the index-th set of an engine: its budget and TensorRT's answer. */
function noteSet(
  out: Uint8Array,
  view: DataView,
  at: number,
  index: 0 | 1,
  high: number,
  low: number,
  accepted: boolean,
): void {
  out[at + 2] = index + 1;
  if (accepted) out[at + 3] = (out[at + 3] ?? 0) | (1 << index);
  view.setUint32(at + 8 + index * 8, low, true);
  view.setInt32(at + 12 + index * 8, high, true);
}

function cStringEnd(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    if (bytes[at] === 0) return at;
  }
  return to;
}
