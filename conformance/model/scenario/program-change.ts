import type { ProgramChange } from './scenario.js';
import { bytesOf, labelOf, type Text } from '../text.js';

/**
 * Puts other bytes in the place of the padding behind a compile spec's value in the file. The value
 * is found by its length and its bytes, and has to be followed by as many zeros as `filler` has
 * bytes.
 */
export function behind(value: Text, filler: Text): ProgramChange {
  const [value8, filler8] = [bytesOf(value), bytesOf(filler)];
  const length = new Uint8Array(Uint32Array.of(value8.length).buffer);
  const pattern = Uint8Array.from([...length, ...value8, ...filler8.map(() => 0)]);
  return {
    label: `${labelOf(filler)} behind ${labelOf(value)}`,
    edit: (program) => replaced(program, onlyPlace(program, pattern) + 4 + value8.length, filler8),
  };
}

/** Puts `bytes` at an offset of the file. */
export function overwrite(label: string, offset: number, bytes: Text): ProgramChange {
  return { label, edit: (program) => replaced(program, offset, bytesOf(bytes)) };
}

/**
 * Puts another number into eight bytes of the extended header, by what is there and how long the
 * file is. `bytes` is where it stands in the file.
 */
export function headerNumber(
  label: string,
  bytes: number,
  by: (value: bigint, fileSize: bigint) => bigint,
): ProgramChange {
  return {
    label,
    edit: (program) => {
      const copy = program.slice();
      const view = new DataView(copy.buffer);
      const value = by(view.getBigUint64(bytes, true), BigInt(copy.length));
      view.setBigUint64(bytes, BigInt.asUintN(64, value), true);
      return copy;
    },
  };
}

/** Keeps the first `length` bytes of the file. */
export function cut(length: number): ProgramChange {
  return { label: `cut to ${length}`, edit: (program) => program.slice(0, length) };
}

/** Takes `count` bytes off the end of the file. */
export function shorten(count: number): ProgramChange {
  return { label: `less ${count}`, edit: (program) => program.slice(0, program.length - count) };
}

/** Adds bytes behind the end of the file. */
export function extend(bytes: Text): ProgramChange {
  return {
    label: `and ${labelOf(bytes)}`,
    edit: (program) => Uint8Array.from([...program, ...bytesOf(bytes)]),
  };
}

/** Keeps the first half of the file. */
export function half(): ProgramChange {
  return { label: 'first half', edit: (program) => program.slice(0, program.length >> 1) };
}

/** The file twice, one behind the other. */
export function twice(): ProgramChange {
  return { label: 'twice', edit: (program) => Uint8Array.from([...program, ...program]) };
}

function replaced(bytes: Uint8Array, at: number, by: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy.set(by, at);
  return copy;
}

function onlyPlace(bytes: Uint8Array, pattern: Uint8Array): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const at = buffer.indexOf(Buffer.from(pattern));
  if (at < 0 || buffer.includes(Buffer.from(pattern), at + 1))
    throw new Error('The value is not exactly once in the file.');
  return at;
}
