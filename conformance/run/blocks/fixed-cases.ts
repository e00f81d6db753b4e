import { buildRequest } from '../../model/build-request.js';
import { encodedOutcome } from '../../wire/encode-outcome.js';
import type { BlockRunner } from './block-runner.js';
import type { AskedDecision } from './decision-block.js';
import type { Mismatch } from '../../model/mismatch.js';
import type { FixedCase } from '../../model/fixed-case.js';
import type { Allowance } from '../../process/allowance.js';

/**
 * Runs a block of written cases. Gives those that did not pass; their places are those in the
 * block. A case that passed and then turns out to break a subject in a process of its own is told
 * to `onLate`.
 */
export type PlayCases = (
  cases: readonly FixedCase[],
  onLate: (mismatch: Mismatch) => void,
) => Promise<readonly Mismatch[]>;

/** A case and its place in its block. */
type Placed = readonly [at: number, one: FixedCase];

/**
 * Plays cases as they are written, those whose programs may be damaged each in a process of its
 * own, and those of decision depth there; see {@link PlayCases}.
 *
 * @param allowance how many faults these cases may have (BlockOptions)
 * @throws SubjectError when the subject breaks.
 */
export async function runFixedCases(
  runner: Pick<BlockRunner, 'run' | 'runPerCaseProcess' | 'runDecisions'>,
  cases: readonly FixedCase[],
  onLate: (mismatch: Mismatch) => void,
  allowance?: Allowance,
): Promise<readonly Mismatch[]> {
  const all = [...cases.entries()];
  const decisions = all.filter(([, one]) => one.decision !== undefined);
  const programs = all.filter(([, one]) => one.decision === undefined);
  const damaged = programs.filter(([, one]) => one.perCaseProcess === true);
  const others = programs.filter(([, one]) => one.perCaseProcess !== true);
  const placed = (among: readonly Placed[], mismatch: Mismatch): Mismatch => ({
    ...mismatch,
    at: among[mismatch.at]?.[0] ?? mismatch.at,
  });
  const alone =
    damaged.length === 0
      ? []
      : await runner.runPerCaseProcess(requestsOf(damaged), { kept: keptOf(damaged), allowance });
  const together =
    others.length === 0
      ? []
      : await runner.run(requestsOf(others), {
          kept: keptOf(others),
          allowance,
          onLate: (mismatch) => {
            onLate(placed(others, mismatch));
          },
        });
  const decided = await runner.runDecisions(askedOf(decisions), {
    allowance,
    onLate: (mismatch) => {
      onLate(placed(decisions, mismatch));
    },
  });
  return [
    ...decided.map((mismatch) => placed(decisions, mismatch)),
    ...alone.map((mismatch) => placed(damaged, mismatch)),
    ...together.map((mismatch) => placed(others, mismatch)),
  ];
}

function requestsOf(placed: readonly Placed[]): ReturnType<typeof buildRequest>[] {
  return placed.map(([, one]) => buildRequest(one.case.request));
}

function askedOf(placed: readonly Placed[]): AskedDecision[] {
  return placed.flatMap(([, { case: one, decision }]) =>
    decision === undefined ? [] : [{ decision, request: buildRequest(one.request) }],
  );
}

function keptOf(placed: readonly Placed[]): (Uint8Array | null)[] {
  return placed.map(([, { expected }]) => (expected === null ? null : encodedOutcome(expected)));
}
