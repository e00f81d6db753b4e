import type { OptionsEntry, OptionsMap, OptionValue, Step } from '../../reference/request/load-request.js';
import type { BlobSource, DelegateSource, MethodSource, RequestSpec } from '../model/request-spec.js';
import { BACKEND, BUDGET } from '../model/names.js';
import { ARRAY_BYTES } from './domain.js';
import { engineBlob, enginePlan } from './engine-blob.js';
import { ioMetadata } from './engine-io.js';
import { tensorPlan } from './tensor-plan.js';
import { METHOD_NAMES } from './generated-case.js';
import type {
  GeneratedCase,
  GeneratedEngine,
  GeneratedEntry,
  GeneratedStep,
  GeneratedText,
  GeneratedValue,
} from './generated-case.js';

const DEVICE_BYTES = 2n ** 40n;
const ZERO = 0x30;
const NO_OPTIONS: GeneratedEntry = { options: [], backend: BACKEND, via: 'builder' };

/** The request that a generated case stands for. */
export function caseRequest(generated: GeneratedCase): RequestSpec {
  return { program: { kind: 'methods', methods: caseMethods(generated) }, ...caseLoad(generated) };
}

/** What a generated case does with its program. */
export function caseLoad(generated: GeneratedCase): Omit<RequestSpec, 'program'> {
  return {
    verification: generated.minimal ? 'minimal' : 'internal-consistency',
    device: {
      totalBytes: DEVICE_BYTES,
      freeBytes: generated.free,
      faults: generated.fault === null ? [] : [generated.fault],
    },
    module: generated.module === null ? null : { options: optionsMap(generated.module.options) },
    steps: caseSteps(generated),
  };
}

/** The bytes of a budget. */
export function textBytes({ zeros, body }: GeneratedText): Uint8Array {
  if (zeros === 0) return body;
  const bytes = new Uint8Array(zeros + body.length).fill(ZERO, 0, zeros);
  bytes.set(body, zeros);
  return bytes;
}

/** What is done with the methods of a case, step by step. */
export function caseSteps({ engines, options, script, sequence }: GeneratedCase): Step[] {
  if (sequence !== null) return sequence.map(stepOf);
  const names = methodEngines(engines).map(([name]) => name);
  const map = optionsMap(options);
  const load = (method: string): Step => ({ op: 'load', method, options: map });
  switch (script) {
    case 'load':
      return names.map(load);
    case 'reverse':
      return names.map(load).reverse();
    case 'execute':
      return names.flatMap((method) => [load(method), { op: 'execute', method } as const]);
    case 'reload':
      return names.flatMap((method) => [
        load(method),
        { op: 'unload', method } as const,
        { op: 'load', method, options: null } as const,
      ]);
  }
}

function stepOf({ op, method, options }: GeneratedStep): Step {
  const name = METHOD_NAMES[method] ?? METHOD_NAMES[0];
  switch (op) {
    case 'load':
      return { op, method: name, options: optionsMap(options) };
    case 'execute':
    case 'unload':
      return { op, method: name };
    case 'set-option':
      return { op, options: setEntryOf(options?.[0] ?? NO_OPTIONS) };
    case 'get-option':
      return { op, backend: BACKEND, key: BUDGET };
  }
}

function caseMethods({ engines }: GeneratedCase): MethodSource[] {
  return methodEngines(engines).map(([name, own]) => ({
    name,
    delegates: own.map(delegateOf),
    ...planOf(own),
  }));
}

/** The tensors of a method with these engines, if they are called with any. */
export function planOf(engines: readonly GeneratedEngine[]): Pick<MethodSource, 'plan'> {
  const plan = tensorPlan(engines.map(({ io }) => io));
  return plan === null ? {} : { plan };
}

/**
 * The methods of a generated program and the engines of each; one but the first is there only when
 * it has any.
 */
export function methodEngines(
  engines: readonly GeneratedEngine[],
): [name: string, engines: readonly GeneratedEngine[]][] {
  if (engines.every(({ method }) => method === 0)) return [[METHOD_NAMES[0], engines]];
  return METHOD_NAMES.map((name, at): [string, readonly GeneratedEngine[]] => [
    name,
    engines.filter(({ method }) => method === at),
  ]).filter(([name, own]) => name === METHOD_NAMES[0] || own.length > 0);
}

function delegateOf(engine: GeneratedEngine): DelegateSource {
  return {
    ...delegateHead(engine),
    data: dataOf(engine),
  };
}

/** A delegate of a generated case, less its data. */
export function delegateHead(engine: GeneratedEngine): Omit<DelegateSource, 'data'> {
  return {
    backend: engine.trouble === 'no-backend' ? 'XnnpackBackend' : BACKEND,
    placement: engine.inline ? 'inline' : 'segment',
    compileSpecs: engine.specs.map(({ key, value }) => ({ key, value: textBytes(value) })),
  };
}

function dataOf(engine: GeneratedEngine): BlobSource {
  return isWhole(engine)
    ? {
        kind: 'blob',
        magic: null,
        metadata: engine.io === null ? null : ioMetadata(engine.io),
        engine: { kind: 'plan', plan: enginePlan(engine) },
      }
    : { kind: 'bytes', bytes: engineBlob(engine) };
}

function isWhole({ trouble }: GeneratedEngine): boolean {
  return trouble !== 'bad-magic' && trouble !== 'short-blob';
}

function optionsMap(entries: readonly GeneratedEntry[] | null): OptionsMap | null {
  return entries === null ? null : entries.map(entryOf);
}

function entryOf({ backend, via, options }: GeneratedEntry): OptionsEntry {
  return { backend, via, options: options.map(({ key, value }) => ({ key, value: valueOf(value, via) })) };
}

/** A real backend that is not meant may be there, and take the options. */
function setEntryOf(entry: GeneratedEntry): OptionsEntry {
  return entryOf(entry.backend === 'XnnpackBackend' ? { ...entry, backend: 'AcmeBackend' } : entry);
}

function valueOf(value: GeneratedValue, via: GeneratedEntry['via']): OptionValue {
  switch (value.type) {
    case 'int':
    case 'bool':
      return value;
    case 'string':
      return { type: 'string', bytes: textBytes(value.text) };
    case 'array':
      // A builder has no way to take a raw array.
      return via === 'builder'
        ? { type: 'string', bytes: textBytes(value.text) }
        : { type: 'array', bytes: textBytes(value.text).subarray(0, ARRAY_BYTES) };
  }
}
