import { Trace, type Policy } from '../../../reference/index.js';
import type { Outcome } from '../../../reference/outcome/outcome.js';
import type { LoadRequest } from '../../../reference/request/load-request.js';
import { buildRequest } from '../../model/build-request.js';
import type { Case } from '../../model/case.js';
import { noVerdicts } from '../../model/verdict.js';
import { ByteWriter } from '../../wire/byte-writer.js';
import { decodeOutcome } from '../../wire/decode-outcome.js';
import { encodedOutcome } from '../../wire/encode-outcome.js';
import { encodeRequest } from '../../wire/encode-request.js';
import { WireError } from '../../wire/wire-error.js';
import type { Mismatch } from '../../model/mismatch.js';
import { Attribution } from '../../attribution/attribution.js';
import type { Ledger } from '../../attribution/ledger.js';
import type { CaseResult, SectionResult } from '../../model/run-result.js';
import type { Section } from '../../run/section.js';
import type { Oracle } from '../../oracle/oracle.js';
import type { OutOfProcessSubject } from '../../subjects/subject.js';
import { CaseBatch } from '../../protocol/case-batch.js';
import { quietIncident } from '../../model/incident.js';
import { answerList } from '../../process/answers.js';
import type { Answer } from '../../process/answers.js';
import { SubjectError } from '../../model/subject-error.js';
import type { EngineKind } from './engine-kind.js';
import type { BuiltEngine } from './engine-set.js';
import { expectedOutcome } from './expected-outcome.js';
import { mapCase, type StandIn } from './map-case.js';

/** What came of the cases of a section. */
export interface RealSection {
  readonly section: SectionResult;
  readonly cases: readonly CaseResult[];
  /** Why cases were not run, each with how many. */
  readonly unsupported: ReadonlyMap<string, number>;
}

/** What cases are run on and held against. */
export interface RealBench {
  readonly subject: OutOfProcessSubject;
  readonly engines: readonly BuiltEngine[];
  /** Who chooses automatic budgets. */
  readonly policy: Policy;
  /** Expects the outcome of a program whose engines TensorRT never sees. */
  readonly oracle: Oracle;
  readonly ledger: Ledger;
}

/** What is expected once the answers of the engines are known, and which clauses decide it. */
type Expected = ReturnType<typeof expectedOutcome>;

/** A request to send, and what is to be expected once its answer is known. */
interface Prepared {
  readonly case: Case;
  readonly request: LoadRequest;
  readonly expect: (observed: Outcome) => Expected;
}

const NO_OUTCOME = new Uint8Array(0);
const BLOCK = 64;

/**
 * Runs the cases of a section with real engines, as many as there can be.
 *
 * @throws SubjectError when the subject cannot be started again, or an answer is no outcome.
 */
export async function runCases(
  { name, cases }: Section & { kind: 'fixed' },
  bench: RealBench,
  onProgress: (done: number) => void,
): Promise<RealSection> {
  const started = performance.now();
  const verdicts = noVerdicts();
  const results: CaseResult[] = [];
  const unsupported = new Map<string, number>();
  for (let at = 0; at < cases.length; at += BLOCK) {
    const block = cases.slice(at, at + BLOCK).map(({ case: one }) => ({ one, next: prepare(one, bench) }));
    const prepared = block.flatMap(({ next }) => (typeof next === 'string' ? [] : [next]));
    const answers = await answersTo(prepared, bench.subject);
    for (const { one, next } of block) {
      const result =
        typeof next === 'string'
          ? ({ case: one, section: name, verdict: 'unsupported', finding: null, reason: next } as const)
          : judge(name, next, answers[prepared.indexOf(next)], bench);
      if (typeof next === 'string') unsupported.set(next, (unsupported.get(next) ?? 0) + 1);
      verdicts[result.verdict]++;
      results.push(result);
    }
    onProgress(Math.min(at + BLOCK, cases.length));
  }
  const clauses = new Set(
    results.flatMap(({ case: one, verdict }) => (verdict === 'unsupported' ? [] : [one.clauses[0]])),
  );
  return {
    section: {
      name,
      clauses: clauses.size,
      verdicts,
      cases: cases.length,
      milliseconds: performance.now() - started,
    },
    cases: results,
    unsupported,
  };
}

/** The case with real engines; as it is when TensorRT never sees its engines; else why it cannot be run. */
function prepare(one: Case, { engines, policy, oracle }: RealBench): Prepared | string {
  const mapped = mapCase(one);
  if (mapped.kind === 'runs') {
    const kinds: readonly EngineKind[] = engines.map(({ kind }) => kind);
    const streamable = new Map(engines.map((engine) => [engine.kind.name, engine.streamable]));
    return {
      case: one,
      request: mapped.build((engine) => planOf(engines, engine)),
      expect: (observed) => expectedOutcome(mapped, kinds, streamable, observed, policy),
    };
  }
  const request = buildRequest(one.request);
  if (request.device.faults.length > 0) return mapped.reason;
  const trace = new Trace();
  const expected = oracle(request, trace);
  return expected.engines.length > 0
    ? mapped.reason
    : { case: one, request, expect: () => ({ request, expected, trace }) };
}

function planOf(engines: readonly BuiltEngine[], { kind, damaged }: StandIn): Uint8Array {
  const engine = engines.find((one) => one.kind.name === kind.name);
  if (engine === undefined) throw new Error(`The engine ${kind.name} was not built.`);
  return damaged ? engine.plan.subarray(0, engine.plan.length >> 1) : engine.plan;
}

async function answersTo(
  prepared: readonly Prepared[],
  subject: OutOfProcessSubject,
): Promise<readonly Answer[]> {
  if (prepared.length === 0) return [];
  const writer = new ByteWriter();
  for (const { request } of prepared) encodeRequest(writer, request);
  return answerList(await subject.answer(CaseBatch.of('program', writer.take())), 'program');
}

function judge(
  section: string,
  { case: one, request, expect }: Prepared,
  answer: Answer | undefined,
  { ledger, oracle }: RealBench,
): CaseResult {
  const mismatch = mismatchOf(request, expect, answer);
  if (mismatch === null) return { case: one, section, verdict: 'pass', finding: null };
  const verdict = mismatch.incident?.kind ?? 'fail';
  if (verdict === 'inconclusive') return { case: one, section, verdict, finding: null };
  const finding = new Attribution(oracle, ledger).fixed(one, mismatch);
  ledger.add(finding);
  return { case: one, section, verdict, finding: finding.fingerprint };
}

function mismatchOf(
  sent: LoadRequest,
  expect: Prepared['expect'],
  answer: Answer | undefined,
): Mismatch | null {
  if (!(answer instanceof Uint8Array)) {
    const incident = answer ?? quietIncident('protocol-error', 'it did not answer');
    const { expected } = expect(NOTHING_OBSERVED);
    return { at: 0, request: sent, expected: encodedOutcome(expected), observed: NO_OUTCOME, incident };
  }
  const { request, expected, trace } = expect(readOutcome(answer));
  const wanted = encodedOutcome(expected);
  return Buffer.compare(wanted, answer) === 0
    ? null
    : { at: 0, request, expected: wanted, observed: answer, trace };
}

const NOTHING_OBSERVED: Outcome = {
  program: { kind: 'ok' },
  steps: [],
  engines: [],
  leaks: { runtimes: 0, engines: 0, contexts: 0, events: 0, allocations: 0 },
  violations: [],
};

function readOutcome(answer: Uint8Array): Outcome {
  try {
    return decodeOutcome(answer);
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    throw new SubjectError('broken', `The answer of the subject is no outcome: ${cause.message}.`, { cause });
  }
}
