import { decideEngine, type DecisionCase, type EngineDecision } from '../../../reference/rules/decide.js';
import type { Rules } from '../../../reference/rules/rules.js';
import { ERROR_CODES } from '../../../reference/outcome/error-code.js';
import type { Depth } from '../../model/depth.js';
import { decodeDecision } from '../../wire/decode-decision.js';
import { writeExpectedOutcome } from './flat-outcome.js';
import {
  ENGINE_FLAGS,
  FLAG_AUTOMATIC_READ,
  FLAG_CONTEXT_NULL,
  FLAG_DESERIALIZE_NULL,
  FLAG_WARNED,
  optionsEnd,
  OUTCOME_CONTEXT_REFUSED,
  OUTCOME_ENGINE,
  OUTCOME_HEADER,
  specsEnd,
} from '../../wire/decision-format.js';
import { type Memory, memoryOf, newMemory } from '../../wire/memory.js';
import { CALL_BYTES, ENGINE_BYTES, HEADER_BYTES, SOURCES, STEP_BYTES } from '../../wire/outcome-codes.js';

/** Calls of an engine in a load. */
const MOST_CALLS = 5;

/**
 * What a delegate with other rules answers to a decision record: the outcome at decision depth
 * (spec/decision-format.md) or the outcome record at program depth (spec/wire-format.md). The
 * readable model, so for single records; with the rules of the specification it gives what
 * `FlatModel` does.
 */
export function ruledOutcomes(depth: Depth, record: Uint8Array): (rules: Rules) => Uint8Array {
  let subject: DecisionCase | null = null;
  return (rules) => {
    subject ??= decodeDecision(record, 0);
    const decision = ruledDecision(depth, record, subject, rules);
    if (depth === 'decision') return decision;
    const outcome = newMemory(
      HEADER_BYTES + STEP_BYTES + subject.engines.length * (ENGINE_BYTES + MOST_CALLS * CALL_BYTES),
    );
    return outcome.bytes.subarray(0, writeExpectedOutcome(memoryOf(record), 0, decision, outcome, 0));
  };
}

function ruledDecision(
  depth: Depth,
  record: Uint8Array,
  { options, engines }: DecisionCase,
  rules: Rules,
): Uint8Array {
  const out = newMemory(OUTCOME_HEADER + engines.length * OUTCOME_ENGINE);
  const block = memoryOf(record);
  let engineAt = optionsEnd(block, 0);
  let at = OUTCOME_HEADER;
  let rejected = false;
  const before: EngineDecision[] = [];
  let reached = 0;
  for (const engine of engines) {
    if (rejected) break;
    const flags = depth === 'program' ? (record[engineAt + ENGINE_FLAGS] ?? 0) : 0;
    rejected = (flags & FLAG_DESERIALIZE_NULL) !== 0; // WSB-FAIL-02
    if (!rejected) {
      const own = decideEngine(options, engine, rules, { before, trace: null });
      before.push(own.decision);
      writeEngine(out, at, own.decision);
      rejected = own.end !== null;
      if (!rejected && (flags & FLAG_CONTEXT_NULL) !== 0) {
        out.bytes[at + OUTCOME_CONTEXT_REFUSED] = 1; // WSB-FAIL-03
        rejected = true;
      }
    }
    at += OUTCOME_ENGINE;
    engineAt = specsEnd(block, engineAt);
    reached++;
  }
  out.bytes[0] = rejected ? ERROR_CODES.InvalidProgram : ERROR_CODES.Ok;
  out.bytes[1] = reached;
  return out.bytes.subarray(0, at);
}

function writeEngine({ bytes, view }: Memory, at: number, decision: EngineDecision): void {
  const { source, warned, automaticRead, sets } = decision;
  bytes[at] = SOURCES.indexOf(source);
  bytes[at + 1] = (warned ? FLAG_WARNED : 0) | (automaticRead ? FLAG_AUTOMATIC_READ : 0);
  bytes[at + 2] = sets.length;
  for (const [index, { budget, ok }] of sets.slice(0, 2).entries()) {
    if (ok) bytes[at + 3] = (bytes[at + 3] ?? 0) | (1 << index);
    view.setBigInt64(at + 8 + 8 * index, budget, true);
  }
}
