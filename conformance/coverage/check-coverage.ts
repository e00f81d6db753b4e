import { AREAS, areaOf } from '../spec/areas.js';
import { caseFilePath, type CaseFile, type CoveringCase } from './load-case-files.js';
import type { Clause, ClauseId } from '../spec/clause.js';
import { requiredKinds } from './clause-coverage.js';
import type { SpecFinding } from './check-spec.js';

/** Both sides of a limit. */
const PAIR = 2;

/**
 * Checks that the cases cover the clauses. A case is one of the clause that it names first. Every
 * clause that something judges needs a control, a violation (unless it is MAY) and a boundary pair;
 * a clause that nothing judges yet has no case. Every case names clauses that there are, and stands
 * in the file of its topic. Empty when all is well.
 */
export function checkCoverage(
  clauses: readonly Clause[],
  files: readonly CaseFile[],
): readonly SpecFinding[] {
  const cases = files.flatMap((file) => file.cases);
  return [
    ...clauses.flatMap((clause) => checkClause(clause, casesOf(clause, cases))),
    ...files.flatMap((file) => checkFile(file, new Set(clauses.map(({ id }) => id)))),
  ];
}

/**
 * Whether cases show a boundary pair: at least two boundary cases, and one of them differs from
 * another boundary case or from a control both in what its author states and in what the reference
 * expects. The two are the two sides of the limit; where every boundary case lies outside, the
 * control is the inside. That the sides are neighbours is for a reader to see.
 */
export function hasBoundaryPair(cases: readonly CoveringCase[]): boolean {
  const boundaries = cases.filter(({ kind }) => kind === 'boundary');
  const sides = cases.filter(({ kind }) => kind === 'boundary' || kind === 'control');
  return (
    boundaries.length >= PAIR &&
    boundaries.some((one) =>
      sides.some((other) => one.stated !== other.stated && one.expected !== other.expected),
    )
  );
}

function casesOf({ id }: Clause, cases: readonly CoveringCase[]): readonly CoveringCase[] {
  return cases.filter(({ clauses: [first] }) => first === id);
}

function checkClause(clause: Clause, cases: readonly CoveringCase[]): readonly SpecFinding[] {
  if (clause.judgedBy === 'nothing') {
    return cases.length === 0
      ? []
      : [at(clause, 'has cases, but says that nothing judges it yet; say how it is judged')];
  }
  const where = caseFilePath(clause.area);
  const missing = requiredKinds(clause).filter((kind) => !cases.some((one) => one.kind === kind));
  if (missing.length > 0)
    return missing.map((kind) => at(clause, `has no ${kind} case; add one to ${where}`));
  if (hasBoundaryPair(cases)) return [];
  const boundaries = cases.filter(({ kind }) => kind === 'boundary').length;
  return [
    boundaries < PAIR
      ? at(clause, `has only one boundary case; a limit has two sides, so add the other to ${where}`)
      : at(
          clause,
          `has ${boundaries} boundary cases, all on the same side of its limit; add one with another outcome to ${where}`,
        ),
  ];
}

function checkFile({ topic, cases }: CaseFile, known: ReadonlySet<ClauseId>): readonly SpecFinding[] {
  const file = caseFilePath(topic);
  if (!AREAS.some(({ name }) => name === topic)) {
    return [{ file, line: null, message: `no area is called ${topic}; name the file for one` }];
  }
  return cases.flatMap(({ id, clauses }) => {
    const unknown = clauses.filter((clause) => !known.has(clause));
    const home = areaOf(clauses[0] ?? '')?.name ?? topic;
    return [
      ...(clauses.length === 0 ? [`the case ${id} names no clause; say which it is for`] : []),
      ...unknown.map((clause) => `the case ${id} names ${clause}, which is not a clause`),
      ...(home === topic ? [] : [`the case ${id} belongs to ${home}; move it to ${caseFilePath(home)}`]),
    ].map((message) => ({ file, line: null, message }));
  });
}

function at({ id, file, line }: Clause, what: string): SpecFinding {
  return { file, line, message: `${id} ${what}` };
}
