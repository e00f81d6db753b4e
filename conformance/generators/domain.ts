import { CONTEXT_MARGIN, FIRST_STEP_DOWN, RESIDENT_MARGIN } from '../../reference/index.js';
import { BACKEND } from '../model/names.js';
import { BUDGET } from '../model/names.js';

/*
 * What both generators draw from: the values at and beside every limit. A value that only one of
 * them knew could not be shrunk when the other one drew it.
 */

const ALL = 2n ** 63n - 1n;

/** Numbers at and beside the limits of a budget, and of types that are too narrow for it. */
export const BUDGET_NUMBERS: readonly bigint[] = [
  0n,
  1n,
  2n,
  1023n,
  1024n,
  1025n,
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 32n - 1n,
  2n ** 32n,
  2n ** 53n + 1n,
  ALL - 1n,
  ALL,
  ALL + 1n,
  ALL + 2n,
  2n ** 64n - 1n,
  2n ** 64n,
  2n ** 64n + 5n,
  10n ** 20n,
];

/**
 * Bytes that a budget must not hold: signs, blanks, NUL, neighbours of the digits, letters, high
 * bytes.
 */
export const ODD_BYTES: readonly number[] = Array.from("+- \t\n\0/:.,_xeA'\u0080\u00ff", (character) =>
  character.charCodeAt(0),
);

/**
 * Texts that look like budgets and are none: what parsers written for other languages and places
 * accept.
 */
export const NEAR_BUDGETS: readonly string[] = [
  '-0',
  '-00',
  '+0',
  '+5',
  '-5',
  ' 5',
  '5 ',
  '5\0',
  '0x10',
  '0b1',
  '1.5',
  '1e3',
  '1_000',
  '5L',
  'auto',
  '-9223372036854775808',
];

/**
 * How many zeros stand before a budget: few, as many as a number has digits, and around 256 bytes.
 */
export const ZERO_RUNS: readonly number[] = [0, 1, 2, 18, 19, 20, 252, 253, 254, 255, 256, 400];

/** The most zeros before a budget. */
export const MAX_ZEROS = 400;

/** The most bytes behind the zeros. */
export const MAX_BODY_BYTES = 40;

/** The most bytes of a raw option array. */
export const ARRAY_BYTES = 256;

/** Sizes of streamable weights and automatic budgets. */
export const SIZES: readonly bigint[] = [0n, 1n, 2n, 512n, 1024n, 1000n, 2n ** 31n, 2n ** 32n, ALL];

/** Automatic budgets that a delegate passes on as they are. */
export const ODD_AUTOMATICS: readonly bigint[] = [-1n, -(2n ** 63n), ALL];

/** Around what modelled engines take; they have 16 bytes of activations and a scratch of 64. */
const TIGHT: readonly bigint[] = [0n, 15n, 16n, 80n, 600n, 1039n, 1040n, 2200n];

/**
 * Free device memory: ample, or so little that modelled engines run short, without and with the
 * margins and the first step of a fitting budget.
 */
export const FREE_BYTES: readonly bigint[] = [
  2n ** 40n,
  ...TIGHT,
  ...TIGHT.slice(4).map((bytes) => RESIDENT_MARGIN + bytes),
  ...[80n, 600n, FIRST_STEP_DOWN + 80n, FIRST_STEP_DOWN + 600n].map((bytes) => CONTEXT_MARGIN + bytes),
];

/** Keys of compile specs and options, the right one first; those with NUL are cut by ExecuTorch. */
export const KEYS: readonly string[] = [
  BUDGET,
  'target_device',
  'weight_streaming_budge',
  'weight_streaming_budgets',
  'Weight_Streaming_Budget',
  '',
  'a',
  'b',
  'c',
  'd',
  'e',
  'f',
  'g',
];

/**
 * Backend ids, the right one first; an empty one and one of 64 characters are refused by the
 * container.
 */
export const BACKENDS: readonly string[] = [
  BACKEND,
  'XnnpackBackend',
  'TensorRTBacken',
  'TensorRTBackend2',
  'tensorrtbackend',
  'B'.repeat(63),
  'B'.repeat(64),
  '',
  'A',
  'C',
  'D',
  'E',
  'F',
  'G',
  'H',
];
