import type { DelegateFile, MethodFile, ProgramFile } from '../../reference/index.js';
import { BUDGET_KEY } from '../../reference/index.js';
import type { BudgetEdit, ProgramPatch } from '../../reference/program/patch-budgets.js';
import { cText } from '../../reference/rules/c-string.js';

/**
 * A program with other budgets is not what it should be. The message is a clause that says where.
 */
export class PatchedWronglyError extends Error {
  override readonly name = 'PatchedWronglyError';
}

/**
 * Checks that a program which was read back is the one that it was made of, but for the budgets
 * that were asked for.
 *
 * @throws PatchedWronglyError when it is not
 */
export function checkPatched(
  before: ProgramFile,
  after: ProgramFile,
  edits: readonly BudgetEdit[],
  patch: ProgramPatch,
): void {
  expectSame('the number of methods', before.methods.length, after.methods.length);
  const seen = new Set<string>();
  for (const [at, method] of before.methods.entries()) {
    const other = after.methods[at];
    if (other === undefined) continue;
    const own = seen.has(method.name) ? [] : edits.filter((edit) => edit.method === method.name);
    seen.add(method.name);
    checkMethod(method, other, own, patch);
  }
}

function checkMethod(
  before: MethodFile,
  after: MethodFile,
  edits: readonly BudgetEdit[],
  patch: ProgramPatch,
): void {
  const { delegates, ...rest } = before;
  const { delegates: others, ...otherRest } = after;
  const where = `method ${JSON.stringify(before.name)}`;
  expectSame(where, rest, otherRest);
  expectSame(`the number of delegates of ${where}`, delegates.length, others.length);
  for (const [at, delegate] of delegates.entries()) {
    const other = others[at];
    const edit = edits.find((one) => one.delegate === at);
    if (other !== undefined) checkDelegate(delegate, other, edit, patch, `delegate ${at} of ${where}`);
  }
}

function checkDelegate(
  before: DelegateFile,
  after: DelegateFile,
  edit: BudgetEdit | undefined,
  patch: ProgramPatch,
  where: string,
): void {
  expectSame(where, factsOf(before, patch), factsOf(after, null));
  if (edit === undefined) {
    expectSame(`the compile specs of ${where}`, before.compileSpecs, after.compileSpecs);
    return;
  }
  const specs = after.compileSpecs.ok ? after.compileSpecs.value : [];
  const budgets = specs.filter(({ key }) => cText(key) === BUDGET_KEY);
  const wanted = edit.budget === null ? [] : [String(edit.budget)];
  expectSame(
    `the budget of ${where}`,
    budgets.map(({ value }) => Buffer.from(value).toString('latin1')),
    wanted,
  );
  const others = ({ compileSpecs }: DelegateFile): unknown =>
    compileSpecs.ok ? compileSpecs.value.filter(({ key }) => cText(key) !== BUDGET_KEY) : compileSpecs;
  expectSame(`the other compile specs of ${where}`, others(before), others(after));
}

/** Bytes at the beginning of a delegate's data that are compared. */
const LOOKED_AT = 4096;

/** What of a delegate stays; with a patch the data is where that moves it to. */
function factsOf({ backend, placement, data, dataSize }: DelegateFile, patch: ProgramPatch | null): object {
  if (!data.ok) return { backend, placement, data, dataSize };
  const { at, size } = data.value;
  const moved = patch !== null && at >= patch.keptFrom ? at + patch.keptAt - patch.keptFrom : at;
  return { backend, placement, at: moved, size, dataSize, begin: [...data.value.read(0, LOOKED_AT)] };
}

function expectSame(what: string, before: unknown, after: unknown): void {
  if (textOf(before) !== textOf(after)) throw new PatchedWronglyError(`${what} would be another`);
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => {
    if (typeof each === 'bigint') return `${each}n`;
    return each instanceof Uint8Array ? Buffer.from(each).toString('hex') : each;
  });
}
