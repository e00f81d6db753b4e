import { Random } from '../generators/random.js';
import { BlockCoverage } from './block-coverage.js';
import { inputsOf, keptCorpus } from './corpus.js';
import { exploreReader } from './explore-reader.js';
import type { FuzzTally } from './finding.js';
import type { ReaderWork } from './fuzz-work.js';
import { readOnce } from './judge-inputs.js';
import { openNativeReader } from './native-reader.js';
import type { ReaderTarget } from './targets/reader-target.js';
import { readerTarget } from './targets/reader-targets.js';

/** Scripts whose blocks count: those of readers, not of what fuzzes them. */
const COUNTED = /\/(?:reference|conformance\/(?!fuzz|generators|process))\/?/;

/** What came of a reader, and the inputs that are worth keeping. */
export interface FuzzedReader {
  readonly tally: FuzzTally;
  readonly kept: readonly Uint8Array[];
}

/**
 * Fuzzes a reader in this thread: guided by the blocks of its code that run, and compared with its
 * twin at each input.
 *
 * @param note is given each input before it is read
 */
export async function fuzzReader(
  { root, target: name, seed, milliseconds, folders, native: isAsked }: ReaderWork,
  note: (input: Uint8Array) => void = () => undefined,
): Promise<FuzzedReader> {
  const target = readerTarget(name);
  const native = isAsked && target.twin !== 'none' ? openNativeReader(root, name) : null;
  const coverage = new BlockCoverage((url) => COUNTED.test(url));
  const corpus = [...target.seeds(), ...[keptCorpus(root, name), ...folders].flatMap(inputsOf)];
  const started = performance.now();
  try {
    const { executions, fresh, findings } = await exploreReader({
      readers: { target, native, note },
      corpus,
      random: new Random(seed),
      coverage,
      isOver: () => performance.now() - started >= milliseconds,
    });
    const tally: FuzzTally = {
      target: name,
      how: native === null ? 'TypeScript, guided by blocks' : 'TypeScript, C++ beside it',
      executions,
      milliseconds: performance.now() - started,
      fresh: fresh.length,
      notes: [],
      findings,
    };
    return { tally, kept: minimised(target, coverage, corpus, fresh) };
  } finally {
    await native?.close();
  }
}

/** Those of the new inputs that are needed to run what all of them run, the smallest first. */
function minimised(
  target: ReaderTarget,
  coverage: BlockCoverage,
  corpus: readonly Uint8Array[],
  fresh: readonly Uint8Array[],
): readonly Uint8Array[] {
  const readers = { target, native: null };
  coverage.forget();
  for (const input of corpus) readOnce(readers, input);
  coverage.add(coverage.look());
  return [...fresh]
    .sort((one, other) => one.length - other.length)
    .filter((input) => {
      readOnce(readers, input);
      const look = coverage.look();
      const isNew = coverage.isNew(look);
      coverage.add(look);
      return isNew;
    });
}
