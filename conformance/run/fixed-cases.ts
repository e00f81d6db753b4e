import { buildRequest } from '../cases/build-request.js';
import { encodedOutcome } from '../protocol/encode-outcome.js';
import type { BlockRunner, Mismatch } from './block-runner.js';
import type { FixedCase } from './section.js';

const BLOCK = 64;

/** A case and its place in its section. */
type Placed = readonly [at: number, one: FixedCase];

/**
 * Runs cases that are written down in blocks, those apart whose programs may be damaged. Gives the mismatches by the places of their
 * cases.
 *
 * @throws SubjectError when the subject breaks.
 */
export async function runFixedCases(
  runner: Pick<BlockRunner, 'run' | 'runIsolated'>,
  cases: readonly FixedCase[],
): Promise<ReadonlyMap<number, Mismatch>> {
  const found = new Map<number, Mismatch>();
  const note = (block: readonly Placed[], mismatches: readonly Mismatch[]): void => {
    for (const mismatch of mismatches) found.set(block[mismatch.at]?.[0] ?? mismatch.at, mismatch);
  };
  const all = [...cases.entries()];
  const apart = all.filter(([, { isolated }]) => isolated === true);
  if (apart.length > 0) note(apart, await runner.runIsolated(requestsOf(apart), keptOf(apart)));
  const others = all.filter(([, { isolated }]) => isolated !== true);
  for (let at = 0; at < others.length; at += BLOCK) {
    const block = others.slice(at, at + BLOCK);
    note(block, await runner.run(requestsOf(block), keptOf(block)));
  }
  return found;
}

function requestsOf(placed: readonly Placed[]): ReturnType<typeof buildRequest>[] {
  return placed.map(([, one]) => buildRequest(one.case.request));
}

function keptOf(placed: readonly Placed[]): (Uint8Array | null)[] {
  return placed.map(([, { expected }]) => (expected === null ? null : encodedOutcome(expected)));
}
