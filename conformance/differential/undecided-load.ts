import { readProgram } from '../../reference/index.js';
import type { EngineOutcome, Outcome } from '../../reference/outcome/outcome.js';
import type { DelegateFile } from '../../reference/program/program-file.js';
import type { LoadRequest } from '../../reference/request/load-request.js';

/** Why nothing is promised of a program whose engines cannot be told apart. */
export const UNDECIDED_LOAD =
  'engines make room, and one has the data of the two before it and no compile specs: which load it is of stays undecided';

/**
 * Whether an outcome rests on what the ruling on loads leaves undecided: earlier engines make room,
 * as those of the same load do (WSB-AUTO-07), and a third delegate in a row has the data of the two
 * before it, so that a delegate may take it for the first of another load.
 */
export function restsOnUndecidedLoad({ program, verification }: LoadRequest, { engines }: Outcome): boolean {
  if (!engines.some(makesRoom)) return false;
  const read = readProgram(program, verification, 'zeros');
  return read.ok && read.program.methods.some(({ delegates }) => hasThreeAlike(delegates));
}

/** Whether an engine got another budget behind its context. */
function makesRoom({ calls }: EngineOutcome): boolean {
  const context = calls.findIndex(({ call }) => call === 'createExecutionContext');
  return context >= 0 && calls.slice(context).some(({ call }) => call === 'setWeightStreamingBudgetV2');
}

function hasThreeAlike(delegates: readonly DelegateFile[]): boolean {
  return delegates.some((third, at) => {
    const [first, second] = delegates.slice(Math.max(0, at - 2), at);
    return first !== undefined && second !== undefined && alike(first, second) && alike(second, third);
  });
}

function alike(one: DelegateFile, other: DelegateFile): boolean {
  const [first, second] = [dataWithoutSpecs(one), dataWithoutSpecs(other)];
  return first !== null && second !== null && Buffer.compare(first, second) === 0;
}

/** The data of a delegate that has no compile specs; null for any other. */
function dataWithoutSpecs({ data, compileSpecs }: DelegateFile): Uint8Array | null {
  return data.ok && compileSpecs.ok && compileSpecs.value.length === 0 ? data.value.read() : null;
}
