import { NO_LEAKS, UndefinedBehaviourError } from '../../../reference/index.js';
import { decodeDecision } from '../../wire/decode-decision.js';
import { encodedOutcome } from '../../wire/encode-outcome.js';
import { CAPABILITIES } from '../../protocol/capabilities.js';
import type { FramingName } from '../../protocol/hello.js';
import type { Depth } from '../../model/depth.js';
import { answerCase } from './answer-case.js';
import type { Fault } from './fault.js';
import { Listener } from './listener.js';
import { Speech } from './speech.js';

/** Streamable bytes of the first engine of the decision case at which faults show. */
export const MARK = 666n;

const REFUSED = encodedOutcome({
  program: { kind: 'rejected', error: 'InvalidProgram' },
  steps: [],
  engines: [],
  leaks: NO_LEAKS,
  violations: [],
});

/**
 * Speaks the protocol (spec/protocol.md) on standard input and output, with the reference for a
 * delegate, and a fault.
 */
export function faultySubject(name: string, fault: Omit<Fault, 'verdict'>, framing: FramingName): void {
  const listener = new Listener();
  const speech = new Speech(framing);
  fault.start?.();
  if (listener.line() === null) return;
  speech.raw(`${JSON.stringify(fault.hello?.(hello(name, framing)) ?? hello(name, framing))}\n`);
  let nth = 0;
  for (let told = listener.next(framing); told !== null; told = listener.next(framing)) {
    if (told.kind === 'stop') {
      fault.onStop?.(speech);
      return;
    }
    for (const [at, record] of told.records.entries()) {
      const seq = told.first + at;
      const { answer, marked } = prepared(told.depth, record);
      const given = { depth: told.depth, seq, answer, marked, nth: ++nth };
      speech.raw(fault.onCase?.(speech, given) ?? speech.right(given));
    }
  }
}

function hello(name: string, framing: FramingName): Readonly<Record<string, unknown>> {
  const capabilities = Object.fromEntries(
    CAPABILITIES.map((capability) => [capability, capability !== 'progress' && capability !== 'plans']),
  );
  return { message: 'hello', version: 1, framing, name, versions: {}, capabilities };
}

/**
 * The answer to a case, and whether faults show at it: at a decision with {@link MARK}, and at a
 * hostile file, whose answer is free.
 */
function prepared(depth: Depth, record: Uint8Array): { answer: Uint8Array; marked: boolean } {
  try {
    const marked = depth === 'decision' && decodeDecision(record, 0).engines[0]?.streamable === MARK;
    return { answer: answerCase(depth, record), marked };
  } catch (error) {
    if (error instanceof UndefinedBehaviourError) return { answer: REFUSED, marked: true };
    throw error;
  }
}
