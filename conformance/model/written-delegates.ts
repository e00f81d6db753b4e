import {
  BACKEND_ID,
  type CompileSpec,
  decodeBlob,
  type DecodedBlob,
  type DelegateFile,
  findSpec,
  type ProgramFile,
  quoteBytes,
  readProgram,
} from '../../reference/index.js';
import { BUDGET } from './names.js';

/** A delegate of a program that an exporter wrote. */
export interface WrittenDelegate {
  readonly method: string;
  readonly specs: readonly CompileSpec[];
  /** Null where the data is no engine blob. */
  readonly blob: DecodedBlob | null;
}

/** What a blob says of its engine. */
export function blobText(blob: DecodedBlob | null): string {
  if (blob === null) return 'no blob';
  const { inputs, outputs, aliases, deviceId } = blob;
  const pairs = aliases.map(({ output, input, kind }) => `${output}>${input} (${kind})`);
  return `device ${deviceId}, in ${list(inputs)}, out ${list(outputs)}, aliases ${list(pairs)}`;
}

/** The budget compile specs of a delegate, as a loader finds them. */
export function budgetOf(specs: readonly CompileSpec[]): string {
  const found = findSpec(specs, BUDGET);
  if (found.kind === 'none') return 'none';
  return found.kind === 'one' ? quoteBytes(found.value) : `${found.count} compile specs`;
}

/** The delegates of a program; null when it cannot be read. */
export function writtenDelegates(program: Uint8Array): readonly WrittenDelegate[] | null {
  const read = readProgram(program);
  return read.ok ? delegatesOf(read.program) : null;
}

function delegatesOf({ methods }: ProgramFile): readonly WrittenDelegate[] {
  return methods.flatMap(({ name, delegates: files }) =>
    files
      .filter(({ backend }) => backend.ok && backend.value === BACKEND_ID)
      .map((file) => ({
        method: name,
        specs: file.compileSpecs.ok ? file.compileSpecs.value : [],
        blob: blobOf(file),
      })),
  );
}

function blobOf({ data }: DelegateFile): DecodedBlob | null {
  if (!data.ok) return null;
  const decoded = decodeBlob(data.value);
  return decoded.ok ? decoded.blob : null;
}

function list(items: readonly string[]): string {
  return items.length === 0 ? 'none' : items.join('+');
}
