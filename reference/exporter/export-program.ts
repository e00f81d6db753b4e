import { encodeBlob } from '../blob/encode-blob.js';
import type { BlobBinding } from '../blob/blob-metadata.js';
import { BACKEND_ID } from '../host/loaded-method.js';
import type { DelegateSpec } from '../program/program-spec.js';
import { writeProgram } from '../program/write-program.js';
import { BUDGET_KEY } from '../rules/budget-key.js';
import type { CompileSpec } from '../rules/find-spec.js';
import type { ExportAnswer, ExportError } from './export-answer.js';
import {
  EXECUTORCH_FORMAT,
  type ExportRequest,
  type GivenEngine,
  type GivenMethod,
} from './export-request.js';
import { type ExportRules, STANDARD_EXPORT_RULES } from './export-rules.js';
import { isTarget, TARGET_KEY } from './target-device.js';

const KEYWORD = 'weight_streaming_budget_per_engine';
const encoder = new TextEncoder();

/** What a conforming exporter does with a request; `rules` are those of another one. */
export function exportProgram(
  request: ExportRequest,
  rules: ExportRules = STANDARD_EXPORT_RULES,
): ExportAnswer {
  if (request.format !== EXECUTORCH_FORMAT) return otherFormat(request, rules);
  const budget = rules.readBudget(request.budget);
  if (budget.kind === 'refused') {
    return refused(budget.error, `${KEYWORD} is no number of bytes from 0 to 2^63 - 1, or None.`);
  }
  const bytes = budget.kind === 'bytes' ? budget.bytes : null;
  const refusal = specRefusal(request, rules, bytes !== null);
  if (refusal !== null) return refusal;
  const value = bytes === null ? null : encoder.encode(rules.digits(bytes, request.budget));
  const served = request.methods.filter(({ engines }) => engines.length > 0);
  const program = writeProgram({
    methods: request.methods.map((method) => ({
      name: method.name,
      delegates: method.engines.map((engine, number) =>
        delegateOf(
          engine,
          [
            ...specsOf(request, method).filter((spec) => rules.keeps(spec)),
            ...(value !== null && rules.getsBudget({ method: served.indexOf(method), engine: number })
              ? [{ key: BUDGET_KEY, value }]
              : []),
          ],
          rules,
        ),
      ),
    })),
  });
  const counts = request.methods.map(({ engines }) => engines.length);
  return {
    kind: 'exported',
    program,
    warnings: bytes !== null && rules.warns(counts) ? [severalText(counts)] : [],
  };
}

function otherFormat({ budget, format }: ExportRequest, { inOtherFormats }: ExportRules): ExportAnswer {
  const read = inOtherFormats?.(budget);
  if (read?.kind === 'refused') return refused(read.error, `${KEYWORD} is no number of bytes.`);
  const isGiven = budget !== null && budget.type !== 'none';
  const warning = `${KEYWORD} is only used with the format ${EXECUTORCH_FORMAT}, and is ignored for ${format}.`;
  return { kind: 'exported', program: null, warnings: isGiven ? [warning] : [] };
}

function specRefusal(
  { way, compileSpecs, methods }: ExportRequest,
  rules: ExportRules,
  hasBudget: boolean,
): ExportAnswer | null {
  if (rules.looksForKey(way, hasBudget) && compileSpecs.some(({ key }) => rules.isBudgetKey(key))) {
    return refused('ValueError', `A compile spec has the key ${BUDGET_KEY}. Give ${KEYWORD} instead.`);
  }
  const taken = methods.every((method) =>
    rules.takesTargets(
      specsOf({ compileSpecs }, method)
        .filter(isTarget)
        .map(({ value }) => value),
    ),
  );
  return taken
    ? null
    : refused('ValueError', `${TARGET_KEY} is not one compile spec of the form cuda:N with a number N.`);
}

/** The compile specs of the user's that a method gets. */
function specsOf(
  { compileSpecs }: Pick<ExportRequest, 'compileSpecs'>,
  { name }: GivenMethod,
): CompileSpec[] {
  return compileSpecs
    .filter(({ method }) => method === null || method === name)
    .map(({ key, value }) => ({ key, value }));
}

function delegateOf(engine: GivenEngine, specs: readonly CompileSpec[], rules: ExportRules): DelegateSpec {
  const { plan, device, inputs, outputs, aliases } = rules.described(engine);
  const target = { key: TARGET_KEY, value: encoder.encode(rules.targetDevice(engine)) };
  return {
    backend: BACKEND_ID,
    placement: 'segment',
    data: encodeBlob({
      engine: plan,
      metadata: {
        io_bindings: [...bindings(inputs, true), ...bindings(outputs, false)],
        aliased_io: aliases,
        device_id: device,
      },
    }),
    compileSpecs: specs.some(isTarget) ? specs : [...specs, target],
  };
}

function bindings(names: readonly string[], isInput: boolean): BlobBinding[] {
  return names.map((name) => ({ name, dtype: '', shape: [], is_input: isInput }));
}

function severalText(counts: readonly number[]): string {
  const engines = counts.reduce((sum, count) => sum + count, 0);
  return `${KEYWORD} applies to each of the ${engines} engines, not to all together.`;
}

function refused(error: ExportError, message: string): ExportAnswer {
  return { kind: 'refused', error, message, warnings: [] };
}
