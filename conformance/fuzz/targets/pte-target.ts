import { ExhaustingProgramError, readProgram, type ProgramFile } from '../../../reference/index.js';
import { ReadingWork } from '../../../reference/program/reading-work.js';
import { mutateProgram } from '../../differential/mutate-program.js';
import { seedOf, seedPrograms } from '../../differential/seed-programs.js';
import { suiteRoot } from '../../suite-root.js';
import type { ReaderTarget } from './reader-target.js';
import { takenOrRefused } from './taken-or-refused.js';

/** A program file, in both ways in which a runtime checks it. */
export const PTE_TARGET: ReaderTarget = {
  name: 'pte',
  what: 'a program file',
  read: (input) =>
    (['minimal', 'internal-consistency'] as const)
      .map((verification) =>
        takenOrRefused([ExhaustingProgramError], () => {
          const work = new ReadingWork(input.length);
          const read = readProgram(input, verification, 'zeros', undefined, work);
          return read.ok ? programText(read.program) : read.fault.code;
        }),
      )
      .join('\n'),
  twin: 'none',
  seeds: () => seedPrograms(suiteRoot()).map(({ bytes }) => bytes),
  mutate: (random, input) => {
    const [seed] = seedOf({ name: '', bytes: input });
    return seed === undefined ? null : mutateProgram(random, seed);
  },
};

function programText({ methods, methodsFault }: ProgramFile): string {
  const told = methods.map(({ name, delegates }) => `${JSON.stringify(name)} ${delegates.length}`);
  return [...told, ...(methodsFault === null ? [] : [methodsFault.code])].join(' ');
}
