import type { NativeAnswer, NativeReader } from './native-reader.js';
import { type ReaderTarget, REFUSED } from './targets/reader-target.js';

/** Milliseconds after which a reader is too long at an input of a few kilobytes. */
const PATIENCE = 2000;
/** Characters of a text that are told. */
const MOST_TOLD = 120;

/** The readers that inputs are given to. */
export interface Readers {
  readonly target: ReaderTarget;
  /** Its twin in C++; null where there is none. */
  readonly native: Pick<NativeReader, 'read'> | null;
  /** Is given each input before it is read: one that never ends is known then. */
  readonly note?: (input: Uint8Array) => void;
}

/** What the reader in TypeScript said of an input, or how it broke its contract. */
type Read = { readonly said: string } | { readonly broke: string };

/** What is wrong with how readers take each input, in order; null where nothing is. */
export async function judgeInputs(
  readers: Readers,
  inputs: readonly Uint8Array[],
): Promise<readonly (string | null)[]> {
  const reads = inputs.map((input) => readOnce(readers, input));
  const answers = (await readers.native?.read(inputs)) ?? [];
  return reads.map((read, at) => fault(readers.target, read, answers[at]));
}

/**
 * Gives an input to the reader in TypeScript alone. One that it is long at is read again: the first
 * time something else may have been in the way.
 */
export function readOnce(readers: Readers, input: Uint8Array): Read {
  const [read, took] = timedRead(readers, input);
  if (took < PATIENCE) return read;
  const [, again] = timedRead(readers, input);
  return again < PATIENCE ? read : { broke: `it takes ${Math.round(again)} ms` };
}

function timedRead({ target, note }: Readers, input: Uint8Array): [read: Read, milliseconds: number] {
  note?.(input);
  const started = performance.now();
  const read = readUntimed(target, input);
  return [read, performance.now() - started];
}

function readUntimed(target: ReaderTarget, input: Uint8Array): Read {
  try {
    return { said: target.read(input) };
  } catch (error) {
    const shown = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { broke: `the reader in TypeScript throws ${told(shown)}` };
  }
}

function fault({ twin }: ReaderTarget, read: Read, answer: NativeAnswer | undefined): string | null {
  if (answer !== undefined && 'ended' in answer) return `the reader in C++ breaks: ${told(answer.ended)}`;
  if ('broke' in read) return read.broke;
  if (answer === undefined || answer.said === read.said) return null;
  if (twin === 'stricter' && answer.said === REFUSED) return null;
  const [one, other] = apart(read.said, answer.said);
  return `read as ${told(one)} in TypeScript, and as ${told(other)} in C++`;
}

/** The first lines in which two texts differ. */
function apart(one: string, other: string): [string, string] {
  const [lines, others] = [one.split('\n'), other.split('\n')];
  const at = lines.findIndex((line, n) => line !== others[n]);
  return at < 0
    ? ['nothing more', others[lines.length] ?? '']
    : [lines[at] ?? '', others[at] ?? 'nothing more'];
}

function told(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MOST_TOLD ? `${line.slice(0, MOST_TOLD)}…` : line;
}
