import { ExhaustingProgramError } from '../../reference/index.js';
import { fileSource } from '../files/file-source.js';
import { visible } from '../model/visible-text.js';
import { lazyRecordedPlans } from '../oracle/lazy-recorded-plans.js';
import {
  NoProgramError,
  programEngines,
  type ProgramEngines,
  type TellSizes,
} from '../planning/program-engines.js';
import { hashProgress } from './byte-progress.js';
import { type Output, UsageError } from './output.js';
import { readingFile } from './read-program-file.js';

/**
 * The engines of a program of any size. `told` is asked for the sizes of a plan before the
 * recordings are.
 *
 * @throws UsageError when it cannot be read or is no program
 */
export function readEngines(root: string, file: string, output: Output, told?: TellSizes): ProgramEngines {
  const recorded = lazyRecordedPlans(root, hashProgress(output));
  const knowledge = told === undefined ? { recorded } : { recorded, told };
  try {
    return readingFile(file, () => programEngines(fileSource(file), knowledge));
  } catch (cause) {
    if (cause instanceof ExhaustingProgramError) throw new UsageError(cause.message, { cause });
    if (!(cause instanceof NoProgramError)) throw cause;
    throw new UsageError(visible`${file} is not a program that ExecuTorch loads: ${cause.message}.`, {
      cause,
    });
  }
}
