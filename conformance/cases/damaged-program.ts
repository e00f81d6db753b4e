/*
 * Plan: numbers in a program file that say what is not so (WSB-PROG-13 to 17), instructions that
 * lead nowhere, and lists that are missing (WSB-PROG-18, 19).
 *
 * The header's sizes, the magic that leads to it, the schema's version, the place of a delegate's
 * data, the delegate that an instruction calls: each is put to a value that the file cannot keep,
 * beside the last value that it can. Jumps go to themselves, to each other and just beyond. A field
 * of its default value is not in the file and cannot be put to another one; such programs are
 * crafted field by field. What crashes ExecuTorch 1.5.1 stands in hostile.ts.
 */
import type { Case } from '../model/case.js';
import { clause } from '../model/scenario/clause.js';
import { crafted, jumpFalse, type ProgramParts, truth } from '../model/scenario/crafted-program.js';
import {
  all,
  applies,
  calls,
  leavesNothing,
  rejects,
  rejectsAfter,
  rejectsProgram,
  steps,
} from '../model/expectation.js';
import { headerNumber, overwrite } from '../model/scenario/program-change.js';
import { calledDelegate, dataPlace } from '../model/scenario/program-field.js';
import { execute, load, unload } from '../model/scenario/vocabulary.js';

const PROGRAM_SIZE = 16;
const SEGMENT_BASE = 24;
const SEGMENT_DATA_SIZE = 32;
const HEADER_MAGIC = 8;
const NOT_FOUND = all(rejects('NotFound'), calls());
const INTERNAL = all(rejects('Internal'), calls());
const NOT_EXECUTED = steps('ok', 'execute Internal');
const COMPLETE = 'deserialize, set 5, context';
const TWO = { spec: '5', engines: [{}, { streamable: 9n }] } as const;
const ENGINE = 'deserialize, automatic 512, set 512, context';
const RUN_TO_END = [load(), execute(), unload()];
const ENDS = all(steps('ok', 'ok', 'ok'), calls(ENGINE), leavesNothing());
const ENDLESS = all(steps('ok', 'execute InvalidProgram', 'ok'), calls(ENGINE), leavesNothing());
const LACKING = all(steps('load InvalidProgram', 'execute InvalidState', 'ok'), calls(), leavesNothing());
const RUN = { ...TWO, steps: [load(), execute()] } as const;

/** Cases of the clauses WSB-PROG-13 to 19. */
export const DAMAGED_PROGRAM: readonly Case[] = [
  clause('WSB-PROG-13')
    .control('as written', { spec: '5', file: programSize('+0', (size) => size) }, applies(5n))
    .violation('a program of no bytes', { file: programSize('=0', () => 0n) }, rejectsProgram())
    .violation('a program of 40 bytes', { file: programSize('=40', () => 40n) }, rejectsProgram())
    .violation(
      'a program of 2^60 bytes',
      { file: programSize('=2^60', () => 2n ** 60n) },
      rejectsProgram('InvalidArgument'),
    )
    .violation(
      'segments from 2^64 - 1 on',
      { file: segmentBase('=2^64-1', () => 2n ** 64n - 1n) },
      rejectsProgram(),
    )
    .boundary(
      'a program as long as the file',
      { spec: '5', file: programSize('=file', (_, file) => file) },
      applies(5n),
    )
    .boundary(
      'a program one byte longer than the file',
      { spec: '5', file: programSize('=file+1', (_, file) => file + 1n) },
      rejectsProgram('InvalidArgument'),
    )
    .boundary(
      'segments from the end of the file on',
      { file: segmentBase('=file', (_, file) => file) },
      rejectsProgram(),
    )
    .boundary(
      'segments of one byte less',
      { spec: '5', file: segmentDataSize('-1', (size) => size - 1n) },
      applies(5n),
    )
    .boundary(
      'segments of one byte more',
      { spec: '5', file: segmentDataSize('+1', (size) => size + 1n) },
      rejectsProgram(),
    ),

  clause('WSB-PROG-14')
    .control('a header', { spec: '5' }, applies(5n))
    .violation('another magic', { spec: '5', file: overwrite('magic eh01', HEADER_MAGIC, 'eh01') }, NOT_FOUND)
    .violation('no segment base', { spec: '5', file: segmentBase('=0', () => 0n) }, NOT_FOUND)
    .boundary('no header, inline', { spec: '5', inline: true }, applies(5n))
    .boundary(
      'no segment base, and an inline engine before',
      { spec: '5', engines: [{ inline: true }, { streamable: 9n }], file: segmentBase('=0', () => 0n) },
      rejects('NotFound'),
      calls(COMPLETE),
    ),

  clause('WSB-PROG-15')
    .control('version 0, left out', { spec: '5', inline: true }, applies(5n))
    .violation(
      'the largest version',
      { file: crafted('version=2^32-1', { version: 2 ** 32 - 1 }) },
      rejectsProgram(),
    )
    .boundary('version 0, written out', { file: crafted('version=0', { version: 0 }) }, steps('ok'))
    .boundary('version 1', { file: crafted('version=1', { version: 1 }) }, rejectsProgram()),

  clause('WSB-PROG-16')
    .control('a backend and a segment', { spec: '5', file: dataPlace(0, 1) }, applies(5n))
    .violation('no backend', { file: crafted('no backend', { backend: null }) }, rejectsAfter())
    .violation('place 7', { spec: '5', file: dataPlace(0, 7) }, INTERNAL)
    .violation(
      'place 7, an engine before it',
      { ...TWO, file: dataPlace(1, 7) },
      rejects('Internal'),
      calls(COMPLETE),
    )
    .boundary('place 1, the last that there is', { ...TWO, file: dataPlace(1, 1) }, applies(5n, 5n))
    .boundary('place 2', { spec: '5', file: dataPlace(0, 2) }, INTERNAL),

  clause('WSB-PROG-17')
    .control('calls in order', RUN, steps('ok', 'ok'))
    .violation('a call of delegate 5', { ...RUN, file: calledDelegate(1, 5) }, NOT_EXECUTED)
    .violation('a call of delegate -1', { ...RUN, file: calledDelegate(1, -1) }, NOT_EXECUTED)
    .boundary('a call of the last delegate', { ...RUN, file: calledDelegate(1, 1) }, steps('ok', 'ok'))
    .boundary('a call of the one behind it', { ...RUN, file: calledDelegate(1, 2) }, NOT_EXECUTED),

  clause('WSB-PROG-18')
    .control('a jump that is not taken', jumping('true 0', true, 0), ENDS)
    .violation('a jump to itself', jumping('false 0', false, 0), ENDLESS)
    .boundary('two jumps, each to the other', jumping('false 1 0', false, 1, 0), ENDLESS)
    .boundary('a jump behind the last instruction', jumping('false 1', false, 1), ENDS)
    .boundary('a jump far behind it', jumping('false 2^31-1', false, 2 ** 31 - 1), ENDS),

  clause('WSB-PROG-19')
    .control('lists with and without entries', { ...RUN }, steps('ok', 'ok'))
    .violation('no list of inputs', run('no inputs', { inputs: null }), LACKING)
    .violation('no list of outputs', run('no outputs', { outputs: null }), LACKING)
    .violation('no list of arenas', run('no arenas', { arenas: null }), LACKING)
    .boundary(
      'no list of values, minimal',
      { ...run('no values', { values: null }), verification: 'minimal' },
      LACKING,
    )
    .boundary(
      'no list of inputs, minimal',
      { ...run('no inputs', { inputs: null }), verification: 'minimal' },
      LACKING,
    )
    .boundary('no entry in any of them, and no instruction', run('empty', {}), ENDS),
].flatMap(({ cases }) => cases);

/** A method whose instructions are jumps to these, by one condition. */
function jumping(label: string, condition: boolean, ...targets: readonly number[]): ReturnType<typeof run> {
  const instructions = targets.map((target) => jumpFalse(0, target));
  return run(`jump if ${label}`, { values: [truth(condition)], instructions });
}

/** A crafted program, loaded, executed and unloaded. */
function run(label: string, parts: ProgramParts) {
  return { file: crafted(label, parts), steps: RUN_TO_END };
}

type ByNumber = Parameters<typeof headerNumber>[2];

function programSize(label: string, by: ByNumber): ReturnType<typeof headerNumber> {
  return headerNumber(`program size${label}`, PROGRAM_SIZE, by);
}

function segmentBase(label: string, by: ByNumber): ReturnType<typeof headerNumber> {
  return headerNumber(`segment base${label}`, SEGMENT_BASE, by);
}

function segmentDataSize(label: string, by: ByNumber): ReturnType<typeof headerNumber> {
  return headerNumber(`segment data size${label}`, SEGMENT_DATA_SIZE, by);
}
