import { Differential, type Difference, type MutatedSubject } from '../differential/differential.js';
import { reduceDifference } from '../differential/reduce-difference.js';
import { seedOf, seedPrograms } from '../differential/seed-programs.js';
import { differences } from '../model/differences.js';
import type { Case } from '../model/case.js';
import { SubjectError } from '../model/subject-error.js';
import type { Oracle } from '../oracle/oracle.js';
import { answerList } from '../process/answers.js';
import { LIMITS } from '../protocol/process-limits.js';
import { openSubject, type OpenSubject } from '../subjects/open-subject.js';
import type { InProcessSubject, Subject } from '../subjects/subject.js';
import { decodeOutcome } from '../wire/decode-outcome.js';
import { caseToJson } from '../wire/json/json-case.js';
import { inputsOf } from './corpus.js';
import { findingKind, type FuzzFinding, type FuzzTally } from './finding.js';
import type { ProgramWork } from './fuzz-work.js';

/** Programs between two looks at the clock. */
const ROUND = 512;
/** Kinds of differences that are reduced and told of. */
const MOST_FINDINGS = 20;

/** Gives mutated programs to a subject and to the reference until time is up. */
export async function fuzzPrograms(work: ProgramWork): Promise<FuzzTally> {
  const { root, seed, milliseconds, folders } = work;
  const { subject, oracle } = await open(work);
  const started = performance.now();
  try {
    const mutated = mutatedSubject(subject);
    const own = folders.flatMap(inputsOf).flatMap((bytes) => seedOf({ name: 'the corpus', bytes }));
    const differential = new Differential(oracle, mutated, [...seedPrograms(root), ...own], seed);
    const kinds = new Map<string, FuzzFinding>();
    while (performance.now() - started < milliseconds && kinds.size < MOST_FINDINGS) {
      for (const difference of await differential.run(ROUND)) await note(kinds, oracle, mutated, difference);
    }
    const { tally } = differential;
    return {
      target: 'program',
      how: 'programs, generated',
      executions: tally.programs,
      milliseconds: performance.now() - started,
      fresh: 0,
      notes: notesOf(differential.tally),
      findings: [...kinds.values()],
    };
  } finally {
    await subject.close();
  }
}

/**
 * Opens the subject and closes it again: what is wrong with it is told before anything is fuzzed.
 *
 * @throws SubjectError when it cannot be opened, or runs programs in this process
 */
export async function tryProgramSubject(
  work: Pick<ProgramWork, 'root' | 'subject' | 'version' | 'options'>,
): Promise<void> {
  const { subject } = await open(work);
  try {
    mutatedSubject(subject);
  } finally {
    await subject.close();
  }
}

function open({
  root,
  subject,
  version,
  options,
}: Pick<ProgramWork, 'root' | 'subject' | 'version' | 'options'>): Promise<OpenSubject> {
  // An incident is a finding, and does not end the run.
  const limits = { ...LIMITS, incidents: Number.MAX_SAFE_INTEGER };
  return openSubject(subject, root, version, { ...options, limits });
}

/** @throws SubjectError for a subject in this process but the reference: a program can end it. */
function mutatedSubject(subject: Subject): MutatedSubject {
  if (subject.kind === 'out-of-process') return subject;
  if (subject.name.split(':')[0] === 'reference') return referenceAsked(subject);
  throw new SubjectError(
    'unknown',
    `${subject.name} runs in the process of the suite, which a program can end. Give native-process, or another subject in a process of its own.`,
  );
}

function referenceAsked({ run, capabilities }: InProcessSubject): MutatedSubject {
  const answer: MutatedSubject['answer'] = ({ bytes }) => Promise.resolve({ kind: 'all', bytes: run(bytes) });
  return {
    capabilities,
    usesRecorded: () => false,
    answer,
    alone: async (batch) => {
      const [only] = answerList(await answer(batch), 'program');
      if (only === undefined) throw new SubjectError('broken', 'The reference gives no answer.');
      return only;
    },
  };
}

/** Reduces a difference, unless one of its kind is known. */
async function note(
  kinds: Map<string, FuzzFinding>,
  oracle: Oracle,
  subject: MutatedSubject,
  found: Difference,
): Promise<void> {
  const target = 'program';
  const kind = findingKind({ target, what: whatOf(found) });
  if (kinds.has(kind) || kinds.size >= MOST_FINDINGS) return;
  const reduced = await reduceDifference(oracle, subject, found);
  const what = whatOf(reduced);
  kinds.set(kind, { target, what, input: caseBytes(reduced) });
}

function whatOf({ expected, observed }: Difference): string {
  if (!(observed instanceof Uint8Array)) return `${observed.kind}: ${observed.message}`;
  const [first] = differences(expected, decodeOutcome(observed));
  if (first === undefined) return 'another outcome';
  return `${first.path}: ${first.expected} expected, ${first.observed} observed`;
}

/** A difference as a case that `run --case` takes. */
function caseBytes({ request, seed, observed }: Difference): Uint8Array {
  const { program, ...asked } = request;
  const mutated: Case = {
    id: `mutated/${seed.name}`,
    title: `a mutated program, from ${seed.name}`.slice(0, 200),
    clauses: ['WSB-PROG-01'],
    kind: 'generated',
    ...(observed instanceof Uint8Array ? {} : { isolated: true }),
    request: { ...asked, program: { kind: 'bytes', bytes: program } },
    expectation: null,
  };
  return Buffer.from(`${JSON.stringify(caseToJson(mutated), null, 2)}\n`);
}

function notesOf({ programs, agree, differ, crashed, undefined: reasons }: Differential['tally']): string[] {
  const without = [...reasons.values()].reduce((sum, count) => sum + count, 0);
  const share = ((100 * without) / Math.max(programs, 1)).toFixed(2);
  const told = [...reasons].sort(([, one], [, other]) => other - one);
  return [
    `${agree} agree, ${differ} differ, ${crashed} end the process, ${without} (${share} %) have no outcome that is promised`,
    ...told.map(([reason, count]) => `${String(count).padStart(8)} ${reason}`),
  ];
}
