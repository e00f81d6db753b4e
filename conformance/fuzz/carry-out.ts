import type { FuzzTally } from './finding.js';
import type { FuzzWork } from './fuzz-work.js';

/** What came of work, and the inputs that are worth keeping. */
export interface WorkResult {
  readonly tally: FuzzTally;
  readonly kept: readonly Uint8Array[];
}

/** Carries work out in this thread; `note` is given each input of a reader before it is read. */
export async function carryOut(work: FuzzWork, note: (input: Uint8Array) => void): Promise<WorkResult> {
  if (work.kind === 'reader') return (await import('./fuzz-reader.js')).fuzzReader(work, note);
  const { fuzzPrograms } = await import('./fuzz-programs.js');
  return { tally: await fuzzPrograms(work), kept: [] };
}
