import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileError } from '../files/file-error.js';
import { readPlainText } from '../files/read-plain-file.js';
import type { Case } from '../model/case.js';
import type { ExportCase } from '../model/export-case.js';
import { DocumentError, loadSchemas } from '../spec/schemas.js';
import { type CaseSequence, othersOf } from '../model/case-sequence.js';
import { caseFromInline, INLINE } from '../wire/json/inline-case.js';
import { caseFromJson, type CaseJson } from '../wire/json/json-case.js';
import { exportCaseFromJson, type ExportCaseJson } from '../wire/json/json-export.js';
import { sequenceFromJson, type SequenceJson } from '../wire/json/json-sequence.js';
import { visible, visibleLine } from '../model/visible-text.js';
import { UsageError } from './output.js';

/** Bytes of a file of a case. */
const MOST_BYTES = 64 << 20;

/** Loads of a sequence. */
const MOST_LOADS = 100_000;

/**
 * Reads what is to be replayed: a case, or cases one after another.
 *
 * @param given a file, or the case itself as a finding prints it, which begins with `inline:`
 * @throws UsageError when the file is missing, or what is given is neither.
 */
export function readReplay(root: string, given: string): Case | CaseSequence {
  const readFile = (path: string): Uint8Array => new Uint8Array(readFileSync(join(root, path)));
  const isInline = given.startsWith(INLINE);
  const file = isInline ? INLINE : given;
  return reading(isInline ? `What follows ${INLINE}` : given, () => {
    const text = isInline ? caseFromInline(given) : readPlainText(given, MOST_BYTES);
    if (/"ask"\s*:\s*\{/.test(text)) {
      throw new UsageError(
        visible`${file} is a case for exporters. Give --exporter with the exporter to ask.`,
      );
    }
    // What is no JSON is told as what is no case.
    if (!/^\s*\{\s*"sequence"\s*:/.test(text)) {
      return caseFromJson(loadSchemas(root).parse('case', text, file) as CaseJson, readFile);
    }
    const json = loadSchemas(root).parse('sequence', text, file) as { readonly sequence: SequenceJson };
    const sequence = sequenceFromJson(json.sequence, readFile);
    if (othersOf(sequence) < MOST_LOADS) return sequence;
    throw new UsageError(visible`${file} has more than ${MOST_LOADS} loads: give a shorter sequence.`);
  });
}

/**
 * Reads a case, given as {@link readReplay} takes it.
 *
 * @throws UsageError when the file is missing, or what is given is not a case.
 */
export function readCase(root: string, file: string): Case {
  const read = readReplay(root, file);
  if ('request' in read) return read;
  throw new UsageError(visible`${file} is a sequence, which is run on a simulated TensorRT alone.`);
}

/**
 * Reads a case for exporters: a file, or the case itself as a finding prints it.
 *
 * @throws UsageError when the file is missing, or what is given is no such case.
 */
export function readExportCase(root: string, given: string): ExportCase {
  const isInline = given.startsWith(INLINE);
  const file = isInline ? INLINE : given;
  return reading(isInline ? `What follows ${INLINE}` : given, () => {
    const text = isInline ? caseFromInline(given) : readPlainText(given, MOST_BYTES);
    return exportCaseFromJson(loadSchemas(root).parse('export-case', text, file) as ExportCaseJson);
  });
}

function reading<Result>(file: string, read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    if (cause instanceof DocumentError || cause instanceof FileError)
      throw new UsageError(visibleLine(cause.message), { cause });
    throw new UsageError(visible`${file} cannot be read as a case: ${messageOf(cause)}`, { cause });
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
