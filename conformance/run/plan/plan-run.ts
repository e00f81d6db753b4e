import { AREAS as CASES } from '../../cases/all-cases.js';
import { type Case, isDamaged } from '../../model/case.js';
import { decisionOfCase } from '../../cases/decision-of-case.js';
import { EXPORT } from '../../cases/export.js';
import { arbitraryBlocks } from '../../generators/arbitrary-blocks.js';
import { generatedBlocks } from '../../generators/blocks.js';
import { goldenCases } from '../../golden/golden-cases.js';
import { loadRegressions } from '../../golden/regressions.js';
import { recordedCases } from '../../golden/recorded-cases.js';
import type { Schemas } from '../../spec/schemas.js';
import { chooses, type Filter } from '../../model/filter.js';
import { underPolicy, type Policies } from '../../oracle/under-policy.js';
import { sectionSize, type Section, type SectionOf } from './section.js';
import type { FixedCase } from '../../model/fixed-case.js';
import { classSection, exhaustiveSection, generatedSection } from './bulk-section.js';

/**
 * How the generated cases of program depth are shared out. One in a hundred is drawn by the
 * fast-check arbitraries, the second, independent generator; one in eight ranges over the
 * whole domain (modules, several methods, faults, memory); the others are flat.
 */
const ARBITRARY_SHARE = 100;
const WHOLE_DOMAIN_SHARE = 8;

/** What a run is made of. */
export interface RunPlanOptions {
  /** The folder of the suite. */
  readonly root: string;
  readonly schemas: Schemas;
  readonly policies: Policies;
  readonly seed: number;
  /** Generated cases at program depth. */
  readonly cases: number;
  /**
   * Whether the subject takes the flat cases among these, and those of the classes: many give
   * options, and none is looked at for what a subject lacks.
   */
  readonly takesFlat?: boolean;
  /** Generated cases at decision depth; 0 for a subject without it. */
  readonly decisions: number;
  /** Whether the bounded proof of parsing is a part of the run. */
  readonly exhaustive: boolean;
  readonly filter: Filter | null;
  /** Whether the cases that are written down are run as whole programs. */
  readonly written: boolean;
  /**
   * Whether those that a decision shows are put to the budget rules alone: beside the whole
   * programs, in a section of their own, or in their place. Left out, they are not.
   */
  readonly decided?: 'beside' | 'in place' | undefined;
}

/**
 * The sections of a run, in the order of its table: the areas of the specification, golden
 * programs, recorded loads, the written cases as decisions, programs of exporters, generated cases.
 * Sections of which the filter chooses nothing are left out.
 */
export function planRun(options: RunPlanOptions): Section[] {
  const { root, schemas, policies, filter, written, decided } = options;
  const asWritten = (cases: readonly Case[]): FixedCase[] => cases.flatMap((one) => placed(one, options));
  const fixed: [name: string, load: () => readonly FixedCase[]][] = [
    ...Object.entries(CASES).map(([area, cases]): [string, () => FixedCase[]] => [
      area,
      () => asWritten(cases),
    ]),
    ['golden', () => (written ? goldenCases(root, schemas) : [])],
    ['recorded', () => (written ? recordedCases(root, schemas, policies.oracles.upstream) : [])],
    ['regressions', () => asWritten(loadRegressions(root, schemas))],
    ['rules', () => (decided === 'beside' ? besides() : [])],
  ];
  const sections: Section[] = fixed.map(([name, load]) => {
    const cases = load().filter((one) => chooses(filter, one.case));
    return { kind: 'fixed', name, cases: cases.map((one) => underPolicy(one, policies)) };
  });
  const exported = written ? EXPORT.filter((one) => chooses(filter, one)) : [];
  sections.push({ kind: 'programs', name: 'export', cases: exported });
  return [...sections.filter((section) => sectionSize(section) > 0), ...generatedSections(options)];
}

/** A written case where its area has it. */
function placed(one: Case, { written, decided }: RunPlanOptions): readonly FixedCase[] {
  const decision = decided === 'in place' ? decisionOfCase(one) : null;
  if (decision !== null) return [{ case: one, expected: null, decision }];
  return written ? [{ case: one, expected: null, perCaseProcess: isDamaged(one) }] : [];
}

/** The written cases that a decision shows, beside the whole programs. */
function besides(): FixedCase[] {
  return Object.values(CASES)
    .flat()
    .flatMap((one): FixedCase[] => {
      const decision = decisionOfCase(one);
      return decision === null ? [] : [{ case: { ...one, id: `rules/${one.id}` }, expected: null, decision }];
    });
}

function generatedSections(options: RunPlanOptions): Section[] {
  const { seed, cases, decisions, exhaustive, filter, takesFlat = true } = options;
  const sections: Section[] = [];
  if (filter?.matches('classes') !== false) {
    if (cases > 0 && takesFlat) sections.push(classSection('program', cases));
    if (decisions > 0) sections.push(classSection('decision', decisions));
  }
  if (cases > 0 && filter?.matches('generated') !== false) {
    const arbitrary = Math.floor(cases / ARBITRARY_SHARE);
    const drawn = Math.floor(cases / WHOLE_DOMAIN_SHARE);
    sections.push({
      kind: 'generated',
      name: 'generated',
      count: drawn,
      blocks: ({ round = 0, isMade } = {}) => generatedBlocks(seedOf(seed, round), drawn, isMade),
    });
    if (arbitrary > 0) {
      const blocks: SectionOf<'generated'>['blocks'] = ({ round = 0, isMade } = {}) =>
        arbitraryBlocks(seedOf(seed, round), arbitrary, isMade);
      sections.push({ kind: 'generated', name: 'arbitrary', count: arbitrary, blocks });
    }
    if (takesFlat) sections.push(generatedSection('program', cases - arbitrary - drawn));
  }
  if (decisions > 0 && filter?.matches('decisions') !== false) {
    sections.push(generatedSection('decision', decisions));
  }
  if (exhaustive && filter?.matches('exhaustive') !== false) sections.push(exhaustiveSection());
  return sections;
}

/** Rounds of a longer run have seeds of their own; fast-check owns what follows from them. */
const ROUND_STEP = 1_000_003;

function seedOf(seed: number, round: number): number {
  return (seed + ROUND_STEP * round) | 0;
}
