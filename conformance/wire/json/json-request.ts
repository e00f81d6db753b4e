import type {
  Device,
  Fault,
  HostMemory,
  Sharing,
  Step,
  Threads,
} from '../../../reference/request/load-request.js';
import type { RequestSpec } from '../../model/request-spec.js';
import { bytesToJson, nameFromJson, nameToJson, type BytesJson, type NameJson } from './json-bytes.js';
import {
  entryFromJson,
  entryToJson,
  optionsFromJson,
  optionsToJson,
  type OptionsEntryJson,
  type OptionsMapJson,
} from './json-options.js';
import { programFromJson, programToJson, type ProgramJson } from './json-program.js';

/** A load request in JSON (spec/schemas/request.schema.json). */
export interface RequestJson extends LoadJson {
  readonly program: ProgramJson;
}

/** A load request in JSON, less its program. */
export interface LoadJson {
  readonly verification: 'minimal' | 'internal-consistency';
  readonly device: {
    readonly totalBytes: string;
    readonly freeBytes: string;
    readonly faults: readonly Fault[];
    readonly hostMemory?: { readonly kind: HostMemory['kind']; readonly availableBytes: string };
  };
  readonly module: { readonly options: OptionsMapJson | null } | null;
  readonly sharing?: Sharing;
  readonly threads?: Threads;
  readonly steps: readonly StepJson[];
}

type StepJson =
  | { readonly op: 'load'; readonly method: NameJson; readonly options: OptionsMapJson | null }
  | { readonly op: 'execute' | 'unload'; readonly method: NameJson }
  | { readonly op: 'set-option'; readonly options: OptionsEntryJson }
  | { readonly op: 'get-option'; readonly backend: NameJson; readonly key: NameJson };

/** The JSON form of a request. */
export function requestToJson(request: RequestSpec): RequestJson {
  return { program: programToJson(request.program), ...loadToJson(request) };
}

/** The request that a JSON form stands for. See `programFromJson` for `readFile`. */
export function requestFromJson(json: RequestJson, readFile: (path: string) => Uint8Array): RequestSpec {
  return { program: programFromJson(json.program, readFile), ...loadFromJson(json) };
}

/**
 * The JSON form of a request, less its program; `bytes` says how bytes are written: to be read, or
 * all in hexadecimal.
 */
export function loadToJson(
  { verification, device, module, sharing, threads, steps }: Omit<RequestSpec, 'program'>,
  bytes: (value: Uint8Array) => BytesJson = bytesToJson,
): LoadJson {
  return {
    verification,
    device: deviceToJson(device),
    module: module === null ? null : { options: optionsToJson(module.options, bytes) },
    ...(sharing === undefined ? {} : { sharing }),
    ...(threads === undefined ? {} : { threads }),
    steps: steps.map((step) => stepToJson(step, bytes)),
  };
}

/** The request, less its program, that a JSON form stands for. */
export function loadFromJson(json: LoadJson): Omit<RequestSpec, 'program'> {
  return {
    verification: json.verification,
    device: deviceFromJson(json.device),
    module: json.module === null ? null : { options: optionsFromJson(json.module.options) },
    ...(json.sharing === undefined ? {} : { sharing: json.sharing }),
    ...(json.threads === undefined ? {} : { threads: json.threads }),
    steps: json.steps.map(stepFromJson),
  };
}

function deviceToJson({ totalBytes, freeBytes, faults, hostMemory }: Device): LoadJson['device'] {
  const device = { totalBytes: String(totalBytes), freeBytes: String(freeBytes), faults };
  if (hostMemory === undefined) return device;
  const { kind, availableBytes } = hostMemory;
  return { ...device, hostMemory: { kind, availableBytes: String(availableBytes) } };
}

function deviceFromJson({ totalBytes, freeBytes, faults, hostMemory }: LoadJson['device']): Device {
  const device = { totalBytes: BigInt(totalBytes), freeBytes: BigInt(freeBytes), faults };
  if (hostMemory === undefined) return device;
  const { kind, availableBytes } = hostMemory;
  return { ...device, hostMemory: { kind, availableBytes: BigInt(availableBytes) } };
}

function stepToJson(step: Step, bytes: (value: Uint8Array) => BytesJson): StepJson {
  switch (step.op) {
    case 'load':
      return { op: step.op, method: nameToJson(step.method), options: optionsToJson(step.options, bytes) };
    case 'execute':
    case 'unload':
      return { op: step.op, method: nameToJson(step.method) };
    case 'set-option':
      return { op: step.op, options: entryToJson(step.options, bytes) };
    case 'get-option':
      return { op: step.op, backend: nameToJson(step.backend), key: nameToJson(step.key) };
  }
}

function stepFromJson(json: StepJson): Step {
  switch (json.op) {
    case 'load':
      return { op: json.op, method: nameFromJson(json.method), options: optionsFromJson(json.options) };
    case 'execute':
    case 'unload':
      return { op: json.op, method: nameFromJson(json.method) };
    case 'set-option':
      return { op: json.op, options: entryFromJson(json.options) };
    case 'get-option':
      return { op: json.op, backend: nameFromJson(json.backend), key: nameFromJson(json.key) };
  }
}
