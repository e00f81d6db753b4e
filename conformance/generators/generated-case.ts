import type { Fault } from '../../reference/request/load-request.js';
import type { GeneratedIo } from './generated-io.js';

/**
 * A generated case: a program and its loads in the terms that the rules speak of, so that it can be
 * drawn fast and shrinks well. The order of the keys is the order of shrinking: engines first, then
 * options. Sizes are bytes.
 */
export interface GeneratedCase {
  /** 1 to 8 engines, in the order of their delegates. */
  readonly engines: readonly GeneratedEngine[];
  /** Options of each load; null: no map is passed. */
  readonly options: readonly GeneratedEntry[] | null;
  /** Options of the module; null: the program is loaded without a module. */
  readonly module: { readonly options: readonly GeneratedEntry[] | null } | null;
  readonly script: GeneratedScript;
  /** What is done with the methods, in place of the script; null: what the script says. */
  readonly sequence: readonly GeneratedStep[] | null;
  readonly fault: Fault | null;
  /** Bytes of device memory that are free at the start. */
  readonly free: bigint;
  readonly minimal: boolean;
}

/**
 * What is done with the methods.
 * - `load`: each is loaded.
 * - `execute`: each is loaded, then executed.
 * - `reload`: each is loaded with the options, unloaded, and loaded without.
 * - `reverse`: each is loaded, the last one first.
 */
export type GeneratedScript = (typeof SCRIPTS)[number];

/** Every {@link GeneratedScript}, the simplest first. */
export const SCRIPTS = ['load', 'reverse', 'execute', 'reload'] as const;

/** What a step of a sequence can do, the simplest first. */
export const STEP_KINDS = ['load', 'execute', 'unload', 'set-option', 'get-option'] as const;

/**
 * One step of a sequence. The options are those of a load, null: no map is passed; of a
 * `set-option` those of the first backend. A `get-option` asks for the budget.
 */
export interface GeneratedStep {
  readonly op: (typeof STEP_KINDS)[number];
  /** Place of the method in {@link METHOD_NAMES}. */
  readonly method: number;
  readonly options: readonly GeneratedEntry[] | null;
}

/** One engine with its delegate. */
export interface GeneratedEngine {
  readonly specs: readonly GeneratedSpec[];
  readonly streamable: bigint;
  readonly automatic: bigint;
  /** Answers to the first budget calls; the later ones are accepted. */
  readonly answers: readonly boolean[];
  readonly trouble: GeneratedTrouble;
  /** Place of the delegate's method in {@link METHOD_NAMES}. */
  readonly method: number;
  readonly inline: boolean;
  readonly modelled: boolean;
  /** Null: no tensors, and metadata that says nothing. */
  readonly io: GeneratedIo | null;
}

/** What is wrong with an engine beside its budget. */
export type GeneratedTrouble = (typeof TROUBLES)[number];

/** Every {@link GeneratedTrouble}, none first. */
export const TROUBLES = ['none', 'no-engine', 'no-context', 'bad-magic', 'short-blob', 'no-backend'] as const;

/** A compile spec. */
export interface GeneratedSpec {
  readonly key: string;
  readonly value: GeneratedText;
}

/** The options of one backend. */
export interface GeneratedEntry {
  readonly options: readonly GeneratedOption[];
  readonly backend: string;
  readonly via: 'builder' | 'span';
}

/** One option. */
export interface GeneratedOption {
  readonly key: string;
  readonly value: GeneratedValue;
}

/** The value of an option; `array` only in a span. */
export type GeneratedValue =
  | { readonly type: 'int'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly text: GeneratedText }
  | { readonly type: 'array'; readonly text: GeneratedText };

/**
 * The bytes of a budget: that many zeros, then at most 40 bytes. Long values are told by a number,
 * so that shrinking one takes a few steps and not one for each byte.
 */
export interface GeneratedText {
  readonly zeros: number;
  readonly body: Uint8Array;
}

/**
 * An engine with 1024 bytes of weights and an automatic budget of 512, without compile specs,
 * tensors and trouble.
 */
export const PLAIN_ENGINE: GeneratedEngine = {
  specs: [],
  streamable: 1024n,
  automatic: 512n,
  answers: [],
  trouble: 'none',
  method: 0,
  inline: false,
  modelled: false,
  io: null,
};

/** A load of that engine, without options, on a device with ample memory. */
export const PLAIN_CASE: GeneratedCase = {
  engines: [PLAIN_ENGINE],
  options: null,
  module: null,
  script: 'load',
  sequence: null,
  fault: null,
  free: 2n ** 40n,
  minimal: false,
};

/** Names of the methods; one but the first is there only when an engine belongs to it. */
export const METHOD_NAMES = ['forward', 'prefill', 'verify'] as const;
