import type { BudgetType, ExportRequest, ExportWay } from '../../../reference/exporter/export-request.js';
import type { CaseKind } from '../../model/case.js';
import type { ExportCase } from '../../model/export-case.js';
import type { ExportEvidence } from '../../model/finding.js';
import type { ClauseId } from '../../../reference/outcome/clause-id.js';
import { bytesFromHex, bytesToHex, nameFromJson, type NameJson, nameToJson } from './json-bytes.js';

interface HexJson {
  readonly hex: string;
}

/** A request to an exporter in JSON (spec/exporter-protocol.md). */
export interface ExportRequestJson {
  readonly way: ExportWay;
  readonly format: string;
  readonly budget: { readonly type: BudgetType; readonly text: string; readonly shown?: string } | null;
  readonly compileSpecs: readonly {
    readonly method: NameJson | null;
    readonly key: NameJson;
    readonly value: HexJson;
  }[];
  readonly methods: readonly { readonly name: NameJson; readonly engines: readonly EngineJson[] }[];
}

interface EngineJson {
  readonly plan: HexJson;
  readonly device: number;
  readonly inputs: readonly NameJson[];
  readonly outputs: readonly NameJson[];
  readonly aliases: readonly {
    readonly output: NameJson;
    readonly input: NameJson;
    readonly kind: string;
  }[];
}

/** The JSON form of a request to an exporter. */
export function exportRequestToJson(request: ExportRequest): ExportRequestJson {
  const { way, format, budget, compileSpecs, methods } = request;
  return {
    ...{ way, format, budget },
    compileSpecs: compileSpecs.map(({ method, key, value }) => ({
      method: method === null ? null : nameToJson(method),
      key: nameToJson(key),
      value: { hex: bytesToHex(value) },
    })),
    methods: methods.map(({ name, engines }) => ({
      name: nameToJson(name),
      engines: engines.map(({ plan, device, inputs, outputs, aliases }) => ({
        plan: { hex: bytesToHex(plan) },
        device,
        inputs: inputs.map(nameToJson),
        outputs: outputs.map(nameToJson),
        aliases: aliases.map(({ output, input, kind }) => ({
          output: nameToJson(output),
          input: nameToJson(input),
          kind,
        })),
      })),
    })),
  };
}

/** The request that a JSON form stands for. The form has been checked against its schema. */
export function exportRequestFromJson(json: ExportRequestJson): ExportRequest {
  const { way, format, budget, compileSpecs, methods } = json;
  return {
    ...{ way, format, budget },
    compileSpecs: compileSpecs.map(({ method, key, value }) => ({
      method: method === null ? null : nameFromJson(method),
      key: nameFromJson(key),
      value: bytesFromHex(value.hex),
    })),
    methods: methods.map(({ name, engines }) => ({
      name: nameFromJson(name),
      engines: engines.map(({ plan, device, inputs, outputs, aliases }) => ({
        plan: bytesFromHex(plan.hex),
        device,
        inputs: inputs.map(nameFromJson),
        outputs: outputs.map(nameFromJson),
        aliases: aliases.map(({ output, input, kind }) => ({
          output: nameFromJson(output),
          input: nameFromJson(input),
          kind,
        })),
      })),
    })),
  };
}

/** What an exporter was asked and did, in JSON (spec/schemas/report.schema.json). */
export interface ExportedJson {
  readonly case: ExportCaseJson;
  readonly expected: readonly string[];
  readonly observed: readonly string[];
}

/** The JSON form of what an exporter was asked and did. */
export function exportedToJson({ case: one, expected, observed }: ExportEvidence): ExportedJson {
  return { case: exportCaseToJson(one), expected, observed };
}

/** What an exporter was asked and did, from its JSON form. */
export function exportedFromJson({ case: one, expected, observed }: ExportedJson): ExportEvidence {
  return { case: exportCaseFromJson(one), expected, observed };
}

/** A case for exporters in JSON (spec/schemas/export-case.schema.json). */
export interface ExportCaseJson {
  readonly id: string;
  readonly title: string;
  readonly clauses: readonly [ClauseId];
  readonly kind: CaseKind;
  readonly ask: ExportRequestJson;
}

/** The JSON form of a case for exporters; what its author expects is not part of it. */
export function exportCaseToJson({ id, title, clauses, kind, request }: ExportCase): ExportCaseJson {
  return { id, title, clauses, kind, ask: exportRequestToJson(request) };
}

/** The case that a JSON form stands for. */
export function exportCaseFromJson({ ask, ...json }: ExportCaseJson): ExportCase {
  return { ...json, request: exportRequestFromJson(ask), expectation: null };
}
