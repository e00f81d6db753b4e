import { visible } from '../model/visible-text.js';
import type { Output } from './output.js';

/** Bytes of a copy that is made before anyone asks what takes so long. */
const QUICK = 2 ** 30;

/** Tells of a large copy, tenth by tenth, how far it is. */
export function copyProgress({ err }: Output): (done: number, size: number) => void {
  let last = -1;
  return (done, size) => {
    if (size <= QUICK) return;
    const tenth = Math.floor((done * 10) / size);
    if (tenth === last) return;
    last = tenth;
    err.write(visible`Copying ${size} bytes: ${tenth * 10} %.\n`);
  };
}
