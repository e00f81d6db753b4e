import { type Policy, Trace, rulesUnder, runReference, scriptedPlan } from '../../../reference/index.js';
import type { Outcome } from '../../../reference/outcome/outcome.js';
import type { LoadRequest } from '../../../reference/request/load-request.js';
import { buildRequest } from '../../model/build-request.js';
import type { Case } from '../../model/case.js';
import { quietIncident } from '../../model/incident.js';
import type { Mismatch } from '../../model/mismatch.js';
import { NO_OUTCOME } from '../../model/no-outcome.js';
import { SubjectError } from '../../model/subject-error.js';
import type { Oracle } from '../../oracle/oracle.js';
import { type PreparedRequest, runPrepared } from '../../run/blocks/out-of-process-block.js';
import type { PlayCases } from '../../run/blocks/fixed-cases.js';
import { decodeOutcome } from '../../wire/decode-outcome.js';
import { encodedOutcome } from '../../wire/encode-outcome.js';
import { WireError } from '../../wire/wire-error.js';
import type { OutOfProcessSubject } from '../../subjects/subject.js';
import { type BuiltEngine, bindingsOf } from './engine-kind.js';
import { isPlainDevice, mapCase, type StandIn, type MappedCase } from './map-case.js';

/** What cases are played with and held against. */
export interface RealEngines {
  readonly engines: readonly BuiltEngine[];
  /** How many devices the machine has. */
  readonly devices: number;
  /** Who chooses automatic budgets. */
  readonly policy: Policy;
  /** Expects the outcome of a program whose engines TensorRT never sees. */
  readonly oracle: Oracle;
}

/**
 * Plays written cases with real engines in place of scripted ones. What no real engine does on
 * demand is unsupported, for the reason that the incident tells.
 *
 * @param real the engines, built when the first block needs them
 */
export function realPlayer(subject: OutOfProcessSubject, real: () => Promise<RealEngines>): PlayCases {
  return async (cases, onLate) => {
    const engines = await real();
    const prepared: PreparedRequest[] = [];
    const unsupported: Mismatch[] = [];
    for (const [at, { case: one }] of cases.entries()) {
      const next = prepare(one, engines);
      if (typeof next === 'string') unsupported.push(unsupportedCase(at, one, next));
      else prepared.push({ at, ...next });
    }
    return [...unsupported, ...(await runPrepared(subject, prepared, { onLate }))];
  };
}

function unsupportedCase(at: number, one: Case, reason: string): Mismatch {
  const none = new Uint8Array(0);
  const incident = quietIncident('unsupported', reason);
  return { at, request: buildRequest(one.request), expected: none, observed: none, incident };
}

/** The case with real engines, or as it is if TensorRT sees none; else why it cannot be run. */
function prepare(
  one: Case,
  { engines, devices, policy, oracle }: RealEngines,
): Omit<PreparedRequest, 'at'> | string {
  const mapped = mapCase(one, devices);
  if (mapped.kind === 'runs') {
    return {
      request: mapped.build((engine) => planOf(engines, engine)),
      expect: (observed) => {
        const outcome = observed === null ? NO_OUTCOME : readOutcome(observed);
        const { request, expected, trace } = expectedOutcome(mapped, engines, outcome, policy);
        return { request, expected: encodedOutcome(expected), trace };
      },
    };
  }
  const request: LoadRequest = buildRequest(one.request);
  if (!isPlainDevice(request)) return mapped.reason;
  const trace = new Trace();
  const expected = oracle(request, trace);
  if (expected.engines.length > 0) return mapped.reason;
  return { request, expect: () => ({ request, expected: encodedOutcome(expected), trace }) };
}

function planOf(engines: readonly BuiltEngine[], { kind, damaged }: StandIn): Uint8Array {
  const engine = engines.find((one) => one.kind.name === kind.name);
  if (engine === undefined) throw new Error(`The engine ${kind.name} was not built.`);
  const { size } = engine.plan;
  return engine.plan.read(0, damaged ? Math.floor(size / 2) : size);
}

function readOutcome(answer: Uint8Array): Outcome {
  try {
    return decodeOutcome(answer);
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    throw new SubjectError('broken', `The answer of the subject is not an outcome: ${cause.message}.`, {
      cause,
    });
  }
}

const TOKEN = /^engine (\S+)$/;
/** Bytes of a token at most. */
const TOKEN_BYTES = 256;

/**
 * Stands for a plan in the program that the reference is given: it has no use for the plan itself.
 */
function tokenOf({ kind, damaged }: StandIn): Uint8Array {
  return new TextEncoder().encode(damaged ? 'damaged' : `engine ${kind.name}`);
}

/**
 * The request as the reference is given it, and the outcome that it expects. Of TensorRT it knows
 * what the engines themselves answered: their streamable sizes and, at each load, the automatic
 * budget. All else it predicts.
 *
 * @param policy who chooses automatic budgets
 */
export function expectedOutcome(
  mapped: MappedCase & { kind: 'runs' },
  engines: readonly BuiltEngine[],
  observed: Outcome,
  policy: Policy,
): { readonly request: LoadRequest; readonly expected: Outcome; readonly trace: Trace } {
  const request = mapped.build(tokenOf);
  let attempt = 0;
  const trace = new Trace();
  const expected = runReference(request, {
    rules: rulesUnder(policy),
    trace,
    recordedPlan: (engine) => {
      const automatic = automaticAnswer(observed, attempt++);
      const name = TOKEN.exec(new TextDecoder().decode(engine.read(0, TOKEN_BYTES)))?.[1];
      const built = engines.find(({ kind }) => kind.name === name);
      if (built === undefined) return null;
      return scriptedPlan({
        streamable: built.streamable,
        automatic,
        bindings: bindingsOf(built.kind),
      });
    },
  });
  return { request, expected, trace };
}

/** The automatic budget that the engine of that attempt to deserialize answered. */
function automaticAnswer({ engines }: Outcome, attempt: number): bigint {
  for (const call of engines[attempt]?.calls ?? []) {
    if (call.call === 'getWeightStreamingAutomaticBudget') return call.budget;
  }
  return 0n;
}
