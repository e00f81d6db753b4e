import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Leaks, Outcome, StepOutcome, Violation } from '../../reference/outcome/outcome.js';
import type { LoadRequest } from '../../reference/request/load-request.js';
import { blameCalls } from './blame-calls.js';
import { choiceClauses, NOTHING_SEEN, type Clauses, type Seen } from './blame-choice.js';
import { callText, stepText } from '../model/call-text.js';
import { sceneOf, type Scene } from './scene.js';

/**
 * The clauses that a subject may have broken with an outcome other than the expected one, the likeliest first. The first field
 * that differs is traced back to the rule that decides it. The outcomes differ.
 */
export function blame(request: LoadRequest, expected: Outcome, observed: Outcome): Clauses {
  return (
    only(blameProgram(expected, observed)) ??
    blameViolations(expected, observed) ??
    blameEngines(request, expected, observed) ??
    blameSteps(request, expected, observed) ??
    only(blameDevice(expected, observed)) ??
    blameLeaks(expected, observed) ??
    only(blameLog(request, expected, observed)) ?? ['WSB-MULTI-07']
  );
}

function only(clause: ClauseId | null): Clauses | null {
  return clause === null ? null : [clause];
}

function blameProgram({ program: expected }: Outcome, { program: observed }: Outcome): ClauseId | null {
  if (expected.kind === 'ok') return observed.kind === 'ok' ? null : 'WSB-PROG-11';
  return observed.kind === 'rejected' && observed.error === expected.error ? null : 'WSB-PROG-02';
}

function blameEngines(request: LoadRequest, expected: Outcome, observed: Outcome): Clauses | null {
  for (const [at, engine] of expected.engines.entries()) {
    const other = observed.engines[at];
    if (other?.step !== engine.step) break;
    const scene = sceneOf(request, engine.step, ordinalOf(expected, at));
    const sameCalls = engine.calls.map(callText).join() === other.calls.map(callText).join();
    if (scene !== null && !sameCalls) return blameCalls(scene, engine, other);
    const sameBudget = engine.applied === other.applied && engine.source === other.source;
    if (scene !== null && !sameBudget)
      return blameSource(scene, { budget: other.applied, source: other.source });
  }
  return observed.engines.length > expected.engines.length ? ['WSB-MULTI-05'] : null;
}

function blameSource(scene: Scene, seen: Seen): Clauses {
  return scene.choice.kind === 'rejected' ? ['WSB-APPLY-12'] : choiceClauses(scene, seen);
}

function blameSteps(request: LoadRequest, expected: Outcome, observed: Outcome): Clauses | null {
  const at = expected.steps.findIndex((step, index) => !sameEnd(step, observed.steps[index]));
  const step = expected.steps[at];
  if (step === undefined) return null;
  if (step.kind === 'ok') return [request.steps[at]?.op === 'execute' ? 'WSB-LIFE-10' : 'WSB-MULTI-07'];
  switch (step.phase) {
    case 'options':
      return ['WSB-OPT-16'];
    case 'execute':
      return ['WSB-LIFE-10'];
    case 'load':
      return step.error === 'NotFound' ? ['WSB-FAIL-06'] : rejectionClauses(request, expected, at);
  }
}

function sameEnd(a: StepOutcome, b: StepOutcome | undefined): boolean {
  return b !== undefined && stepText(a) === stepText(b);
}

/** Why a load ends with InvalidProgram: the last engine that it touched tells, or none was and the blob is damaged. */
function rejectionClauses(request: LoadRequest, expected: Outcome, step: number): Clauses {
  const touched = expected.engines.filter((engine) => engine.step === step);
  const final = touched.at(-1)?.calls.at(-1);
  const scene = sceneOf(request, step, touched.length - 1);
  if (final === undefined || scene === null) return ['WSB-FAIL-01'];
  if (final.call === 'deserializeCudaEngine' && !final.ok) return ['WSB-FAIL-02'];
  if (final.call === 'createExecutionContext') return [final.ok ? 'WSB-LIFE-12' : 'WSB-FAIL-03'];
  if (scene.choice.kind === 'rejected') return choiceClauses(scene, NOTHING_SEEN);
  return [scene.choice.kind === 'explicit' ? 'WSB-APPLY-03' : 'WSB-APPLY-06'];
}

function blameViolations(expected: Outcome, observed: Outcome): Clauses | null {
  const found = observed.violations.find(
    (violation, at) => violation !== LEFT_CHANGED && expected.violations[at] !== violation,
  );
  if (found === undefined) return null;
  // A plan that should not have been handed over at all: the blob around it was to be refused.
  const refused = found === 'misaligned-plan' && expected.engines.length < observed.engines.length;
  return refused ? ['WSB-BLOB-04', VIOLATION_CLAUSES[found]] : [VIOLATION_CLAUSES[found]];
}

/** A device that stays current has no part in what else happens, so that it is looked at when the rest is as it should be. */
const LEFT_CHANGED = 'device-left-changed' satisfies Violation;

function blameDevice(expected: Outcome, observed: Outcome): ClauseId | null {
  const count = ({ violations }: Outcome): number =>
    violations.filter((each) => each === LEFT_CHANGED).length;
  return count(expected) === count(observed) ? null : VIOLATION_CLAUSES[LEFT_CHANGED];
}

const VIOLATION_CLAUSES: Readonly<Record<Violation, ClauseId>> = {
  'unknown-slot': 'WSB-LIFE-07',
  'use-after-destroy': 'WSB-LIFE-07',
  'set-with-context': 'WSB-APPLY-11',
  'destroy-engine-with-context': 'WSB-LIFE-06',
  'destroy-runtime-with-engine': 'WSB-LIFE-06',
  'plan-out-of-bounds': 'WSB-BLOB-03',
  'misaligned-plan': 'WSB-LIFE-08',
  'null-argument': 'WSB-LIFE-07',
  'device-left-changed': 'WSB-LIFE-13',
  'wrong-memory': 'WSB-DEV-02',
};

function blameLeaks(expected: Outcome, observed: Outcome): Clauses | null {
  const kinds = Object.keys(expected.leaks) as (keyof Leaks)[];
  if (kinds.every((kind) => expected.leaks[kind] === observed.leaks[kind])) return null;
  // What a load that ends well leaves behind, one that fails may leave too.
  if (expected.steps.every(({ kind }) => kind === 'ok')) return ['WSB-FAIL-05'];
  return expected.engines.length > 1
    ? ['WSB-MULTI-06', 'WSB-FAIL-04', 'WSB-FAIL-05']
    : ['WSB-FAIL-04', 'WSB-FAIL-05'];
}

function blameLog(request: LoadRequest, expected: Outcome, observed: Outcome): ClauseId | null {
  const at = expected.steps.findIndex(({ warned }, index) => warned !== observed.steps[index]?.warned);
  const step = expected.steps[at];
  if (step === undefined) return null;
  if (!step.warned) return 'WSB-FAIL-10';
  if (step.kind === 'rejected') return 'WSB-FAIL-09';
  const engines = expected.engines.filter((engine) => engine.step === at);
  const scenes = engines.map((_, ordinal) => sceneOf(request, at, ordinal));
  const ignoredOption = scenes.some(
    (scene) =>
      scene?.option?.type === 'array' && scene.choice.kind !== 'rejected' && scene.choice.ignoredOption,
  );
  return ignoredOption ? 'WSB-OPT-06' : 'WSB-APPLY-08';
}

/** The place of an engine among those of its step: the place of its delegate in the method. */
function ordinalOf(outcome: Outcome, at: number): number {
  const step = outcome.engines[at]?.step;
  return outcome.engines.slice(0, at).filter((engine) => engine.step === step).length;
}
