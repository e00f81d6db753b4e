import { judgeInputs, readOnce } from './judge-inputs.js';
import { openNativeReader } from './native-reader.js';
import type { ReaderTarget } from './targets/reader-target.js';

/** What readers say of one input. */
export interface Replayed {
  readonly said: string;
  /** What the one in C++ says; null where there is none, or it was not built. */
  readonly native: string | null;
  /** What is wrong; null for nothing. */
  readonly fault: string | null;
}

/** Gives an input to the readers of a target. */
export async function replayInput(root: string, target: ReaderTarget, input: Uint8Array): Promise<Replayed> {
  const native = target.twin !== 'none' ? openNativeReader(root, target.name) : null;
  try {
    const readers = { target, native };
    const read = readOnce(readers, input);
    const [answer] = (await native?.read([input])) ?? [];
    const [fault = null] = await judgeInputs(readers, [input]);
    return {
      said: 'said' in read ? read.said : read.broke,
      native: answer === undefined ? null : 'said' in answer ? answer.said : answer.ended,
      fault,
    };
  } finally {
    await native?.close();
  }
}
