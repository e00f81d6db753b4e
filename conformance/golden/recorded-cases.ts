import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { Outcome, StepOutcome } from '../../reference/outcome/outcome.js';
import { NO_LEAKS } from '../../reference/outcome/outcome.js';
import { malformedClause, parseBudget } from '../../reference/index.js';
import type { OptionsMap, OptionValue } from '../../reference/request/load-request.js';
import { buildRequest } from '../model/build-request.js';
import type { Case } from '../model/case.js';
import type { RequestSpec } from '../model/request-spec.js';
import type { FixedCase } from '../model/fixed-case.js';
import type { Schemas } from '../spec/schemas.js';
import type { Oracle } from '../oracle/oracle.js';
import { loadRecordedLoads, RECORDED_LOADS, type RecordedLoad } from './recorded-loads.js';

const PREFIX = RECORDED_LOADS.replace(/^golden\//, '').replace(/\.jsonl$/, '');

/**
 * What upstream's delegate did with real programs on a real TensorRT, as cases: the outcome
 * expected is the recorded one, but where a ruling of the specification differs from upstream.
 * Executing is not compared.
 */
export function recordedCases(root: string, schemas: Schemas, oracle: Oracle): FixedCase[] {
  return loadRecordedLoads(root, schemas).map((load) => {
    const path = `golden/${load.program}`;
    const bytes = new Uint8Array(readFileSync(join(root, path)));
    const request: RequestSpec = {
      program: { kind: 'file', path, bytes },
      verification: 'internal-consistency',
      device: { totalBytes: 2n ** 40n, freeBytes: load.freeBytes, faults: [] },
      module: null,
      steps: [{ op: 'load', method: load.method, options: load.options }],
    };
    const expected = load.ruling === null ? recordedOutcome(load, oracle(buildRequest(request))) : null;
    return { case: recordedCase(load, request), expected };
  });
}

function recordedCase(load: RecordedLoad, request: RequestSpec): Case {
  const [file] = /[^/]+(?=\.pte$)/.exec(load.program) ?? [load.program];
  return {
    id: `${PREFIX}/${file}/free=${load.freeBytes}&options=${optionsText(load.options)}`,
    clauses: [load.ruling?.clause ?? clauseOf(load)],
    kind: load.error === 'Ok' ? 'control' : 'violation',
    title: `as upstream on TensorRT 10.6, H100${load.ruling === null ? '' : `, but for ${load.ruling.clause}`}`,
    request,
    expectation: null,
  };
}

/**
 * The recorded outcome. A recording does not tell the source of a budget; that is the reference's.
 * It was made by a delegate that leaves nothing behind.
 */
function recordedOutcome(load: RecordedLoad, reference: Outcome): Outcome {
  const step: StepOutcome =
    load.error === 'Ok'
      ? { kind: 'ok', warned: load.warned }
      : { kind: 'rejected', phase: 'load', error: load.error, warned: load.warned };
  return {
    program: { kind: 'ok' },
    steps: [step],
    engines: load.engines.map((calls, at) => {
      const accepted = calls.findLast((call) => call.call === 'setWeightStreamingBudgetV2' && call.ok);
      const applied = accepted?.call === 'setWeightStreamingBudgetV2' ? accepted.budget : null;
      return { step: 0, source: reference.engines[at]?.source ?? null, applied, calls };
    }),
    leaks: NO_LEAKS,
    violations: [],
  };
}

/** The clause that a recorded load shows best. */
function clauseOf({ options, engines }: RecordedLoad): ClauseId {
  const values = (options ?? []).flatMap((entry) => entry.options.map(({ value }) => value));
  const [value] = values;
  if (value === undefined) return engines.length > 1 ? 'WSB-MULTI-02' : clauseWithoutOption(engines);
  if (values.length > 1) return 'WSB-OPT-12';
  if (engines.length > 1) return 'WSB-MULTI-01';
  return optionClause(value, engines);
}

function clauseWithoutOption(engines: RecordedLoad['engines']): ClauseId {
  const calls = engines.flat();
  if (calls.some(({ call }) => call === 'getWeightStreamingAutomaticBudget')) return 'WSB-PREC-05';
  return calls.some(({ call }) => call === 'setWeightStreamingBudgetV2') ? 'WSB-PREC-04' : 'WSB-APPLY-07';
}

function optionClause(value: OptionValue, engines: RecordedLoad['engines']): ClauseId {
  if (value.type === 'bool') return 'WSB-OPT-04';
  if (value.type === 'int') return value.value < 0 ? 'WSB-OPT-03' : 'WSB-OPT-02';
  if (value.bytes.length === 0) return 'WSB-OPT-05';
  const parsed = parseBudget(value.bytes);
  if (!parsed.ok) return malformedClause(value.bytes, parsed);
  const set = engines.flat().find((call) => call.call === 'setWeightStreamingBudgetV2');
  if (set?.call !== 'setWeightStreamingBudgetV2') return 'WSB-APPLY-07';
  return set.budget < parsed.budget ? 'WSB-APPLY-01' : 'WSB-PREC-01';
}

function optionsText(options: OptionsMap | null): string {
  if (options === null) return 'none';
  return options
    .flatMap((entry) => entry.options)
    .map(({ value }) => {
      const text =
        'bytes' in value ? JSON.stringify(Buffer.from(value.bytes).toString('latin1')) : value.value;
      return `${value.type}:${text}`;
    })
    .join(',');
}
