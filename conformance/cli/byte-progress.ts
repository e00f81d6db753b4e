import type { HashProgress } from '../files/sha256-of-source.js';
import { visible } from '../model/visible-text.js';
import type { Output } from './output.js';

/** Bytes with which this is done before anyone asks what takes so long. */
const QUICK_COPY = 2 ** 30;
const QUICK_HASH = 2 ** 28;

/** Tells of a large copy, tenth by tenth, how far it is. */
export function copyProgress(output: Output): (done: number, size: number) => void {
  return tenths(output, QUICK_COPY, (size) => `Copying ${size} bytes`);
}

/** Tells of a large plan, tenth by tenth, how far its hash is. */
export function hashProgress(output: Output): HashProgress {
  return tenths(output, QUICK_HASH, (size) => `Comparing a plan of ${size} bytes with those recorded`);
}

function tenths(
  { err }: Output,
  quick: number,
  doing: (size: number) => string,
): (done: number, size: number) => void {
  let last = -1;
  return (done, size) => {
    if (size <= quick) return;
    const tenth = Math.floor((done * 10) / size);
    if (tenth === last) return;
    last = tenth;
    err.write(visible`${doing(size)}: ${tenth * 10} %.\n`);
  };
}
