import type { HashProgress } from '../files/sha256-of-source.js';
import { visible } from '../model/visible-text.js';
import type { Output } from './output.js';

/** Bytes of a plan that is hashed before anyone asks what takes so long. */
const QUICK = 2 ** 28;

/** Tells of a large plan, tenth by tenth, how far its hash is. */
export function hashProgress({ err }: Output): HashProgress {
  let last = -1;
  return (done, size) => {
    if (size <= QUICK) return;
    const tenth = Math.floor((done * 10) / size);
    if (tenth === last) return;
    last = tenth;
    err.write(visible`Comparing a plan of ${size} bytes with those recorded: ${tenth * 10} %.\n`);
  };
}
