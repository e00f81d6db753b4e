import {
  BACKEND_ID,
  BUDGET_KEY,
  buildOptionsMap,
  decodeBlob,
  ExhaustingProgramError,
  findOption,
  optionsFor,
  parseBudget,
  readProgram,
  type BlobFaultCode,
  type DelegateFile,
  type ProgramFaultCode,
} from '../../reference/index.js';
import * as layout from '../../reference/blob/layout.js';
import { HEAD_BYTES, HEADER_AT, HEADER_BYTES } from '../../reference/program/extended-header.js';
import { ReadingWork } from '../../reference/program/reading-work.js';
import { cString, cText } from '../../reference/rules/c-string.js';
import type { Finding } from '../model/finding.js';
import { buildProgram } from '../model/build-request.js';
import { optionsThatMatter } from './step-that-matters.js';

/** A part of some bytes, in which places are marked. */
export interface ShownBytes {
  /** What they are a part of. */
  readonly of: 'budget' | 'blob' | 'program';
  readonly title: string;
  readonly bytes: Uint8Array;
  /** Where they begin in what the title names. */
  readonly at: number;
  /** Bytes of what the title names. */
  readonly size: number;
  /** The first place of the bytes that is marked, and the one behind it, counted as `at` is. */
  readonly mark: { readonly from: number; readonly to: number; readonly why: string } | null;
}

/** Bytes shown of one thing. */
const SHOWN = 96;
/** Delegates whose bytes are shown. */
const MOST_DELEGATES = 4;

/**
 * The bytes that a finding turns on: the budgets given, the header of each engine blob, the head of
 * a program that cannot be read; in each, where known, what the rule at fault reads.
 */
export function bytesThatMatter(finding: Finding): readonly ShownBytes[] {
  const program = buildProgram(finding.case.request.program);
  const read = readable(program);
  const option = optionBytes(finding);
  if (read === null) return option;
  if (!read.ok) return [...option, programHead(program, read.fault.code, read.fault.message)];
  const ours = read.program.methods.flatMap(({ name, delegates }) =>
    delegates.map((delegate, at) => ({ delegate, place: `${JSON.stringify(name)}, delegate ${at}` })),
  );
  return [
    ...option,
    ...ours
      .slice(0, MOST_DELEGATES)
      .flatMap(({ delegate, place }) => [...specBytes(delegate, place), ...blobBytes(delegate, place)]),
  ];
}

function readable(program: Uint8Array): ReturnType<typeof readProgram> | null {
  try {
    const work = new ReadingWork(program.length);
    return readProgram(program, 'internal-consistency', 'unknown', undefined, work);
  } catch (error) {
    if (error instanceof ExhaustingProgramError) return null;
    throw error;
  }
}

function optionBytes(finding: Finding): readonly ShownBytes[] {
  const given = optionsThatMatter(finding);
  const map = given === null ? null : buildOptionsMap(given);
  const value = map === null ? null : findOption(optionsFor(map, BACKEND_ID), BUDGET_KEY);
  return value?.type === 'array'
    ? [budgetBytes('the load option', cString(value.bytes, value.bytes.length))]
    : [];
}

function specBytes({ compileSpecs }: DelegateFile, place: string): readonly ShownBytes[] {
  if (!compileSpecs.ok) return [];
  return compileSpecs.value
    .filter(({ key }) => cText(key) === BUDGET_KEY)
    .map(({ value }) => budgetBytes(`the compile spec of ${place}`, value));
}

/** The text of a budget; what keeps it from being one is marked. */
function budgetBytes(title: string, bytes: Uint8Array): ShownBytes {
  const parsed = parseBudget(bytes);
  if (parsed.ok) return { of: 'budget', title, ...around(bytes, 0), mark: null };
  const why = `${parsed.fault} at byte ${parsed.at}`;
  return {
    of: 'budget',
    title,
    ...around(bytes, parsed.at),
    mark: { from: parsed.at, to: parsed.at + 1, why },
  };
}

/** The place in a header that each fault of a blob is about; the others are in the metadata. */
const FIELDS: Partial<Record<BlobFaultCode, readonly [from: number, to: number]>> = {
  'unknown-magic': [0, layout.METADATA_OFFSET_AT],
  'metadata-offset': [layout.METADATA_OFFSET_AT, layout.METADATA_SIZE_AT],
  'metadata-out-of-bounds': [layout.METADATA_OFFSET_AT, layout.ENGINE_OFFSET_AT],
  overlap: [layout.METADATA_OFFSET_AT, layout.RESERVED_AT],
  'engine-alignment': [layout.ENGINE_OFFSET_AT, layout.ENGINE_SIZE_AT],
  'engine-out-of-bounds': [layout.ENGINE_OFFSET_AT, layout.RESERVED_AT],
  'size-wraps': [layout.ENGINE_SIZE_AT, layout.RESERVED_AT],
};
const IN_METADATA: readonly BlobFaultCode[] = ['not-json', 'bad-member', 'device-id'];

function blobBytes({ backend, data, dataSize }: DelegateFile, place: string): readonly ShownBytes[] {
  if (!data.ok || !backend.ok || backend.value !== BACKEND_ID) return [];
  const range = data.value;
  const decoded = decodeBlob(range, undefined, dataSize);
  const fault = decoded.ok ? null : decoded.fault;
  const [from, to] = (fault === null ? undefined : FIELDS[fault.code]) ?? [0, 0];
  const header: ShownBytes = {
    of: 'blob',
    title: `the header of the engine blob of ${place}`,
    bytes: range.read(0, layout.BLOB_HEADER_BYTES),
    ...{ at: 0, size: dataSize },
    mark: fault === null || to === 0 ? null : { from, to, why: fault.message },
  };
  if (fault === null || !IN_METADATA.includes(fault.code)) return [header];
  const view = new DataView(header.bytes.buffer, header.bytes.byteOffset, header.bytes.length);
  const start = view.getUint32(layout.METADATA_OFFSET_AT, true);
  const length = view.getUint32(layout.METADATA_SIZE_AT, true);
  const bytes = range.read(start, Math.min(length, SHOWN));
  const mark = { from: start, to: start + bytes.length, why: fault.message };
  const title = `the metadata of ${place}`;
  return [header, { of: 'blob', title, bytes, at: start, size: dataSize, mark }];
}

/** The place in the head of a file that each fault of a program is about. */
const HEADS: Partial<Record<ProgramFaultCode, readonly [from: number, to: number]>> = {
  'wrong-identifier': [4, HEADER_AT],
  'bad-header': [HEADER_AT, HEADER_AT + HEADER_BYTES],
  truncated: [HEADER_AT + 8, HEADER_AT + HEADER_BYTES],
  'out-of-file': [HEADER_AT + 8, HEADER_AT + HEADER_BYTES],
};

function programHead(program: Uint8Array, code: ProgramFaultCode, why: string): ShownBytes {
  const bytes = program.subarray(0, HEAD_BYTES);
  const [from, to] = HEADS[code] ?? [0, 0];
  const mark = to === 0 || from >= bytes.length ? null : { from, to: Math.min(to, bytes.length), why };
  return { of: 'program', title: 'the head of the program', bytes, at: 0, size: program.length, mark };
}

/** The bytes around a place. */
function around(bytes: Uint8Array, place: number): Pick<ShownBytes, 'bytes' | 'at' | 'size'> {
  const at = bytes.length <= SHOWN ? 0 : Math.max(0, place - (place % 16) - SHOWN / 2);
  return { bytes: bytes.subarray(at, at + SHOWN), at, size: bytes.length };
}
