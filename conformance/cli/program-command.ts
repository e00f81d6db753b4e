import { resolve } from 'node:path';
import { readProgram } from '../../reference/index.js';
import {
  isOptionStep,
  type AnyLoadRequest,
  type GivenProgram,
  type Step,
} from '../../reference/request/load-request.js';
import { programOnDisk } from '../files/program-on-disk.js';
import { METHOD } from '../model/names.js';
import { outcomeLines } from '../model/outcome-lines.js';
import { briefly, lineList, visible, visibleJson, type VisibleText } from '../model/visible-text.js';
import { incidentLines } from '../report/finding-text.js';
import { countText } from '../model/count-text.js';
import { EXIT } from '../run/exit-code.js';
import { programVerdict, type ProgramVerdict } from '../run/program-verdict.js';
import { outcomeToJson } from '../wire/json/json-outcome.js';
import { givenOptions } from './given-options.js';
import { openChosen } from './open-chosen.js';
import { type Output, UsageError } from './output.js';
import { withProgramFile } from './read-program-file.js';
import type { ProgramOptions } from './suite-options.js';

/** Bytes of a device of which nobody knows how much it has. */
const PLENTY = 2n ** 40n;
/** Methods of one request: each takes two of 255 steps. */
const MOST_METHODS = 127;

/**
 * Loads a program of the user's on a subject and on the reference, and says whether they agree.
 *
 * @returns the exit code: 0 they agree, 1 they differ, 3 the subject broke the protocol, 5 nothing
 * can be said, since the reference names no outcome or the subject cannot run it
 * @throws UsageError when the file cannot be read or an option is wrong.
 */
export async function runProgram(
  root: string,
  file: string,
  options: ProgramOptions,
  { out }: Output,
): Promise<number> {
  const program = givenProgram(file);
  const size = program instanceof Uint8Array ? program.length : program.size;
  const request = requestOf(program, options);
  const opened = await openChosen(root, options);
  try {
    const verdict = await programVerdict(opened, request);
    const title = visible`${file}: ${countText(size)} bytes, subject ${opened.subject.name}`;
    out(
      options.json === true
        ? lineList([visibleJson(verdictJson(file, opened.subject.name, verdict), null, 2)])
        : lineList([title, ...stepLines(request), ...verdictLines(verdict)]),
    );
    return VERDICT_EXITS[verdict.verdict];
  } finally {
    await opened.subject.close().catch(() => undefined);
  }
}

/** The exit code of each verdict. */
export const VERDICT_EXITS: Readonly<Record<ProgramVerdict['verdict'], number>> = {
  agree: EXIT.conforms,
  differ: EXIT.doesNotConform,
  'protocol-error': EXIT.subjectBroken,
  undefined: EXIT.incomplete,
  unsupported: EXIT.incomplete,
};

/** Bytes of a program that a subject is given as they are; of a larger one it is told the file. */
export const MOST_GIVEN_BYTES = 2 ** 22;

function givenProgram(file: string): GivenProgram {
  return withProgramFile(file, (program) =>
    program.size <= MOST_GIVEN_BYTES ? program.read(0, program.size) : programOnDisk(resolve(file)),
  );
}

/** Each method is loaded and unloaded, one after the other. */
function requestOf(program: GivenProgram, options: ProgramOptions): AnyLoadRequest {
  const { option = [], optionType = 'string', method = [], freeMemory } = options;
  const given = givenOptions(option, optionType);
  const names = method.length > 0 ? method : methodsOf(program);
  if (names.length > MOST_METHODS) {
    throw new UsageError(`There are ${names.length} methods; name at most ${MOST_METHODS} with --method.`);
  }
  const free = freeMemory ?? PLENTY;
  return {
    program,
    verification: 'internal-consistency',
    device: { totalBytes: free > PLENTY ? free : PLENTY, freeBytes: free, faults: [] },
    module: null,
    steps: names.flatMap((name): Step[] => [
      { op: 'load', method: name, options: given },
      { op: 'unload', method: name },
    ]),
  };
}

/** The methods of a program; the usual one where none can be read. */
function methodsOf(program: GivenProgram): readonly string[] {
  const read = readProgram(program);
  const names = read.ok ? [...new Set(read.program.methods.map(({ name }) => name))] : [];
  return names.length > 0 ? names : [METHOD];
}

function stepLines({ steps }: AnyLoadRequest): VisibleText[] {
  return steps.flatMap((step, at) =>
    isOptionStep(step) ? [] : [visible`  step ${at}: ${step.op} ${nameText(step.method)}`],
  );
}

/** What the reference says and what the subject did, and whether they agree. */
export function verdictLines(told: ProgramVerdict): VisibleText[] {
  const { expected, observed } = told;
  return [
    visible`reference`,
    ...('outcome' in expected
      ? outcomeLines(expected.outcome).map((line) => visible`  ${line}`)
      : [visible`  names no outcome: ${briefly(expected.undefined)}`]),
    visible`subject`,
    ...('outcome' in observed ? outcomeLines(observed.outcome) : incidentLines(observed.incident)).map(
      (line) => visible`  ${line}`,
    ),
    ...told.differences.map((each) => visible`  ${each.path}: ${each.observed}, not ${each.expected}`),
    verdictLine(told),
  ];
}

function verdictLine({ verdict, clause }: ProgramVerdict): VisibleText {
  switch (verdict) {
    case 'agree':
      return visible`They agree.`;
    case 'differ':
      return clause === null ? visible`They differ.` : visible`They differ: the subject breaks ${clause}.`;
    case 'undefined':
      return visible`Nothing can be said: what happens with this program is not defined, so that no outcome is demanded.`;
    case 'unsupported':
      return visible`Nothing can be said: the subject cannot run it.`;
    case 'protocol-error':
      return visible`The subject broke the protocol (spec/protocol.md).`;
  }
}

/** A name, quoted, so that its ends are seen. */
function nameText(name: string): VisibleText {
  return briefly(JSON.stringify(name));
}

function verdictJson(file: string, subject: string, told: ProgramVerdict): object {
  const { verdict, clause, expected, observed, differences } = told;
  return {
    ...{ file, subject, verdict, clause },
    expected: 'outcome' in expected ? { outcome: outcomeToJson(expected.outcome) } : expected,
    observed: 'outcome' in observed ? { outcome: outcomeToJson(observed.outcome) } : observed,
    differences,
  };
}
