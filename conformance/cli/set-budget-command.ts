import { realpathSync, statSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { ExhaustingProgramError, readProgram, type ProgramFile } from '../../reference/index.js';
import { patchBudgets, patchedProgram, type ProgramPatch } from '../../reference/program/patch-budgets.js';
import { UnpatchableError } from '../../reference/program/unpatchable-error.js';
import { fileSource } from '../files/file-source.js';
import { writeMovedCopy } from '../files/moved-copy.js';
import { visible } from '../model/visible-text.js';
import { checkPatched, PatchedWronglyError } from '../planning/check-patched.js';
import {
  type EngineEdit,
  wantedBudgets,
  type WantedBudget,
  WantedBudgetError,
} from '../planning/wanted-budgets.js';
import { EXIT } from '../run/exit-code.js';
import { amountOf } from './arguments.js';
import { copyProgress } from './byte-progress.js';
import { NOBODY, readFactsTeller } from './facts-teller.js';
import { type Output, UsageError } from './output.js';
import { readEngines } from './read-engines.js';
import { setBudgetText, setBudgetJson, type BudgetsSet } from './set-budget-text.js';

interface SetBudgetOptions {
  readonly engine: readonly WantedBudget[];
  readonly all?: WantedBudget;
  readonly out?: string;
  readonly engineFacts?: string;
  readonly inPlace?: true;
  readonly force?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

/** `trt-conformance set-budget FILE.pte`. */
export function setBudgetCommand(root: string, output: Output, end: (code: number) => void): Command {
  return new Command('set-budget')
    .argument('<file>', 'the program (.pte)')
    .option(
      '--engine <name=budget>',
      'an engine as METHOD/INDEX, and its budget, such as forward/0=8GiB; =none removes it; may be given again',
      collectEngine,
      [],
    )
    .option('--all <budget>', 'the budget of each engine that is not named', oneForAll)
    .option('--engine-facts <file>', 'sizes of engines, for shares; plan --write-engine-facts wrote them')
    .option('-o, --out <file>', 'where the new program goes')
    .addOption(new Option('--in-place', 'change the program itself, in one step').conflicts('out'))
    .option('--force', 'replace the file of --out')
    .option('--dry-run', 'write nothing: say what would change')
    .option('--json', 'as a JSON object')
    .addHelpText('after', HELP)
    .action(async (file: string, options: SetBudgetOptions) => {
      await setBudget(root, file, options, output);
      end(EXIT.conforms);
    });
}

const HELP = `
A budget is a number of bytes, as digits or with a unit (512MiB, 8GiB, 8GB), or
a share of what the engine can stream (50%) where that is known. It is for one
engine: several engines take several times as much. 0 streams all weights; none
leaves the choice to the delegate. An option that a host gives when it loads the
program goes before all of them.

Examples:
  trt-conformance set-budget model.pte --all 4GiB -o small.pte
  trt-conformance set-budget model.pte --engine forward/0=8GiB --in-place`;

function collectEngine(text: string, before: readonly WantedBudget[]): WantedBudget[] {
  const equals = text.lastIndexOf('=');
  if (equals > 0) return [...before, wantedOf(text.slice(0, equals), text.slice(equals + 1))];
  throw new InvalidArgumentError('Give an engine and its budget, such as forward/0=8GiB.');
}

function oneForAll(text: string, before?: WantedBudget): WantedBudget {
  if (before === undefined) return wantedOf(null, text);
  throw new InvalidArgumentError('Give --all once.');
}

function wantedOf(engine: string | null, text: string): WantedBudget {
  return { engine, amount: text === 'none' ? null : amountOf(text) };
}

async function setBudget(
  root: string,
  file: string,
  options: SetBudgetOptions,
  output: Output,
): Promise<void> {
  const { engine, all, dryRun, json } = options;
  const wanted = [...engine, ...(all === undefined ? [] : [all])];
  if (wanted.length === 0)
    throw new UsageError('Say what to set, such as --engine forward/0=8GiB or --all 4GiB.');
  const out = placeOf(file, options);
  const { told } = options.engineFacts === undefined ? NOBODY : readFactsTeller(root, options.engineFacts);
  const { program, engines } = readEngines(root, file, output, told);
  const edits = orUsage(file, () => wantedBudgets(engines, wanted));
  const patch = patchOf(file, program, edits);
  const changes = patch.changes || options.inPlace !== true;
  if (out !== null && dryRun !== true && changes) {
    await writeMovedCopy(
      out,
      { ...patch, source: file },
      {
        replaces: options.inPlace === true || options.force === true,
        succeeds: options.inPlace === true,
        check: (copy) => {
          check(copy, program, readBack(fileSource(copy)), edits, patch);
        },
        onProgress: copyProgress(output),
      },
    );
  }
  const done: BudgetsSet = {
    ...{ file, out, inPlace: options.inPlace === true },
    engines,
    edits,
    patch,
    sizeBefore: program.source.size,
    written: dryRun !== true,
  };
  output.out(json === true ? setBudgetJson(done) : setBudgetText(done));
}

/**
 * Where the new program goes; null where none is asked for.
 *
 * @throws UsageError when nobody says where, or it is the program itself
 */
function placeOf(file: string, { out, inPlace, dryRun }: SetBudgetOptions): string | null {
  if (inPlace === true) return resolvedPath(file);
  if (out === undefined) {
    if (dryRun === true) return null;
    throw new UsageError(
      'Say where the new program goes: -o FILE, or --in-place to change the program itself.',
    );
  }
  if (out === '') throw new UsageError('Give -o the name of a file.');
  const [from, to] = [file, out].map((path) => statSync(path, { throwIfNoEntry: false }));
  if (from !== undefined && from.ino === to?.ino && from.dev === to.dev) {
    throw new UsageError(visible`${out} is the program itself. Give --in-place instead of -o to change it.`);
  }
  return out;
}

/** The file itself, where links lead to it. One that there is not is told of where it is read. */
function resolvedPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

function patchOf(file: string, program: ProgramFile, edits: readonly EngineEdit[]): ProgramPatch {
  return orUsage(file, () => {
    const source = fileSource(file);
    const patch = patchBudgets(source, edits);
    check(file, program, readBack(patchedProgram(source, patch)), edits, patch);
    return patch;
  });
}

function readBack(...given: Parameters<typeof readProgram>): ProgramFile | null {
  const read = readProgram(...given);
  return read.ok ? read.program : null;
}

function check(
  file: string,
  before: ProgramFile,
  after: ProgramFile | null,
  edits: readonly EngineEdit[],
  patch: ProgramPatch,
): void {
  if (after === null) throw new PatchedWronglyError(`${file} would be no program`);
  checkPatched(before, after, edits, patch);
}

/** What `act` gives; what the user can mend becomes a message of the command line. */
function orUsage<Result>(file: string, act: () => Result): Result {
  try {
    return act();
  } catch (cause) {
    if (cause instanceof WantedBudgetError) throw new UsageError(cause.message, { cause });
    if (cause instanceof ExhaustingProgramError) throw new UsageError(cause.message, { cause });
    if (cause instanceof UnpatchableError || cause instanceof PatchedWronglyError) {
      throw new UsageError(
        visible`The budgets of ${file} cannot be changed: ${cause.message}. Export it with the budget that you want.`,
        { cause },
      );
    }
    throw cause;
  }
}
