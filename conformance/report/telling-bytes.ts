import { explainProgram, parseBudget } from '../../reference/index.js';
import { BLOB_HEADER_BYTES, METADATA_OFFSET_AT, METADATA_SIZE_AT } from '../../reference/blob/layout.js';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { OptionsMap } from '../../reference/request/load-request.js';
import { cText } from '../../reference/rules/c-string.js';
import { ExhaustingProgramError } from '../../reference/program/reading-work.js';
import { buildBlob, buildProgram } from '../model/build-request.js';
import { BUDGET } from '../model/names.js';
import type { BlobSource, RequestSpec } from '../model/request-spec.js';

/** Bytes of a case that its clause is about. */
export interface TellingBytes {
  /** What they are, such as `compile spec of forward, engine 0`. */
  readonly what: string;
  readonly bytes: Uint8Array;
  /** The byte that makes them malformed, from 0; null where none does. */
  readonly at: number | null;
}

/** Bytes of a program that are shown: its identifier and the header behind it. */
const PROGRAM_HEAD = 64;

/** Bytes on each side of the one that matters, and of those where none does, that are shown. */
const AROUND = 8;
const SHOWN = 32;

/**
 * The bytes that a rule reads in a case: each budget that is given, as it is given; the header of
 * an engine blob that is not as a writer lays it out; the head of a file that none wrote.
 */
export function tellingBytes({ program, module, steps }: RequestSpec): readonly TellingBytes[] {
  const given = [
    ...optionBytes('module option', module?.options ?? null),
    ...steps.flatMap((step, at) =>
      step.op === 'load' ? optionBytes(`option of step ${at}`, step.options) : [],
    ),
  ];
  if (program.kind !== 'methods') {
    return [
      ...given,
      { what: 'head of the program', bytes: program.bytes.subarray(0, PROGRAM_HEAD), at: null },
    ];
  }
  const delegates = program.methods.flatMap(({ name, delegates: all }) =>
    all.map((delegate, at) => ({ ...delegate, place: `${name}, engine ${at}` })),
  );
  return [
    ...given,
    ...delegates.flatMap(({ compileSpecs, place }) =>
      compileSpecs
        .filter(({ key }) => cText(key) === BUDGET)
        .map(({ value }) => budgetBytes(`compile spec of ${place}`, value)),
    ),
    ...delegates
      .filter(({ data }) => isUnusual(data))
      .flatMap(({ data, place }) => blobBytes(buildBlob(data), place)),
  ];
}

/** The header of a blob, and the metadata where it says that they are. */
function blobBytes(blob: Uint8Array, place: string): TellingBytes[] {
  const header = { what: `blob header of ${place}`, bytes: blob.subarray(0, BLOB_HEADER_BYTES), at: null };
  if (blob.length < BLOB_HEADER_BYTES) return [header];
  const numbers = new DataView(blob.buffer, blob.byteOffset, blob.length);
  const from = numbers.getUint32(METADATA_OFFSET_AT, true);
  const bytes = blob.subarray(from, from + numbers.getUint32(METADATA_SIZE_AT, true));
  return bytes.length === 0 ? [header] : [header, { what: `metadata of ${place}`, bytes, at: null }];
}

function optionBytes(what: string, options: OptionsMap | null): TellingBytes[] {
  return (options ?? []).flatMap((entry) =>
    entry.options.flatMap(({ key, value }) =>
      cText(key) === BUDGET && 'bytes' in value ? [budgetBytes(what, value.bytes)] : [],
    ),
  );
}

function budgetBytes(what: string, bytes: Uint8Array): TellingBytes {
  const parsed = parseBudget(bytes);
  return { what, bytes, at: parsed.ok || parsed.at >= bytes.length ? null : parsed.at };
}

function isUnusual(data: BlobSource): boolean {
  return (
    data.kind === 'bytes' || data.magic !== null || data.metadata !== null || data.engine.kind === 'bytes'
  );
}

/** Bytes in hexadecimal, the one that matters in brackets; of many, those around it. */
export function hexText({ bytes, at }: Pick<TellingBytes, 'bytes' | 'at'>): string {
  const from = at === null || bytes.length <= SHOWN ? 0 : Math.max(0, at - AROUND);
  const to = Math.min(bytes.length, at === null || bytes.length <= SHOWN ? SHOWN : at + AROUND + 1);
  const shown = Array.from(bytes.subarray(from, to), (byte, index) => {
    const digits = byte.toString(16).padStart(2, '0');
    return from + index === at ? `[${digits}]` : digits;
  });
  const all = [...(from > 0 ? [`… from byte ${from}:`] : []), ...shown, ...(to < bytes.length ? ['…'] : [])];
  if (bytes.length === 0) return 'none';
  return to - from < bytes.length ? `${all.join(' ')} (${bytes.length} bytes)` : all.join(' ');
}

/**
 * What the reference says of the program of a case under a clause: which bytes, and why. Nothing
 * where it has no objection, since the fault is the subject's alone.
 */
export function objections({ program, module, steps }: RequestSpec, clause: ClauseId): readonly string[] {
  const first = steps.find((step) => step.op === 'load');
  const options = first?.op === 'load' ? (first.options ?? module?.options ?? null) : null;
  const explained = explanationOf(buildProgram(program), options);
  if (explained === null) return [];
  if (explained.kind === 'unreadable') {
    return explained.fault.clause === clause ? [explained.fault.message] : [];
  }
  const found = [
    ...explained.findings,
    ...explained.methods.flatMap(({ findings, delegates }) => [
      ...findings,
      ...delegates.flatMap((delegate) => delegate.findings),
    ]),
  ];
  return [...new Set(found.flatMap((one) => (one.clause === clause ? [one.message] : [])))];
}

function explanationOf(program: Uint8Array, options: OptionsMap | null) {
  try {
    return explainProgram(program, options);
  } catch (error) {
    if (error instanceof ExhaustingProgramError) return null;
    throw error;
  }
}
