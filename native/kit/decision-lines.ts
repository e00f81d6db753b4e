import { CaseBlock } from '../../conformance/bulk/flat/case-block.js';
import { decodeDecision } from '../../conformance/wire/decode-decision.js';
import { bytesToHex, nameToJson } from '../../conformance/wire/json/json-bytes.js';
import { decide, type DecisionCase, type DecisionOutcome } from '../../reference/rules/decide.js';

/**
 * A generated case at decision depth, as the protocol writes it, and what the reference makes of
 * it.
 */
export interface DecisionLine {
  readonly case: unknown;
  readonly expected: unknown;
}

/** Some hundred generated cases: the block of a seed. */
export function decisionLines(seed: number): DecisionLine[] {
  const block = new CaseBlock();
  block.fill(seed, 9);
  return Array.from({ length: block.count }, (_, index) => {
    const subjectCase = decodeDecision(block.bytes, block.offsets[index] ?? 0);
    return { case: caseToJson(subjectCase), expected: outcomeToJson(decide(subjectCase)) };
  });
}

function caseToJson({ options, engines }: DecisionCase): unknown {
  return {
    options: options.map(({ key, value }) => ({
      key: nameToJson(key),
      value: value.type === 'array' ? { type: value.type, bytes: { hex: bytesToHex(value.bytes) } } : value,
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
  };
}

function outcomeToJson({ rejected, engines }: DecisionOutcome): unknown {
  return {
    error: rejected ? 'InvalidProgram' : 'Ok',
    engines: engines.map(({ source, warned, automaticRead, sets }) => ({
      source,
      warned,
      automaticRead,
      sets: sets.map(({ budget, ok }) => ({ budget: String(budget), ok })),
    })),
  };
}
