import { AREAS as CASES } from '../../cases/all-cases.js';
import { type Case, isDamaged } from '../../model/case.js';
import { EXPORT } from '../../cases/export.js';
import { arbitraryBlocks } from '../../generators/arbitrary-blocks.js';
import { generatedBlocks } from '../../generators/blocks.js';
import { goldenCases } from '../../golden/golden-cases.js';
import { loadRegressions } from '../../golden/regressions.js';
import { recordedCases } from '../../golden/recorded-cases.js';
import type { Schemas } from '../../spec/schemas.js';
import type { GeneratedCase } from '../../generators/generated-case.js';
import { chooses, type Filter } from '../../model/filter.js';
import { underPolicy, type Policies } from '../../oracle/under-policy.js';
import { sectionSize, type Section } from './section.js';
import type { FixedCase } from '../../model/fixed-case.js';
import { exhaustiveSection, generatedSection } from './bulk-section.js';

/**
 * How the generated cases of program depth are shared out. One in a hundred is drawn by the
 * fast-check arbitraries, the second, independent generator; one in six ranges over the whole
 * domain (modules, several methods, faults, memory); the others are flat.
 */
const ARBITRARY_SHARE = 100;
const WHOLE_DOMAIN_SHARE = 6;

/** What a run is made of. */
export interface RunPlanOptions {
  /** The folder of the suite. */
  readonly root: string;
  readonly schemas: Schemas;
  readonly policies: Policies;
  readonly seed: number;
  /** Generated cases at program depth. */
  readonly cases: number;
  /** Generated cases at decision depth; 0 for a subject without it. */
  readonly decisions: number;
  /** Whether the bounded proof of parsing is a part of the run. */
  readonly exhaustive: boolean;
  readonly filter: Filter | null;
  /** Whether the cases that are written down are a part of the run. */
  readonly written: boolean;
}

/**
 * The sections of a run, in the order of its table: the areas of the specification, golden
 * programs, recorded loads, generated cases. Sections of which the filter chooses nothing are left
 * out.
 */
export function planRun(options: RunPlanOptions): Section[] {
  const { root, schemas, policies, filter } = options;
  const fixed: [name: string, load: () => readonly FixedCase[]][] = [
    ...Object.entries(CASES).map(([area, cases]): [string, () => FixedCase[]] => [
      area,
      () => cases.map(byOracle),
    ]),
    ['golden', () => goldenCases(root, schemas)],
    ['recorded', () => recordedCases(root, schemas, policies.oracles.upstream)],
    ['regressions', () => loadRegressions(root, schemas).map(byOracle)],
  ];
  const written = (options.written ? fixed : []).map(([name, load]): Section & { kind: 'fixed' } => {
    const cases = load().filter((one) => chooses(filter, one.case));
    return { kind: 'fixed', name, cases: cases.map((one) => underPolicy(one, policies)) };
  });
  const exported = options.written ? EXPORT.filter((one) => chooses(filter, one)) : [];
  const sections: Section[] = [...written, { kind: 'programs', name: 'export', cases: exported }];
  return [...sections.filter((section) => sectionSize(section) > 0), ...generatedSections(options)];
}

function byOracle(one: Case): FixedCase {
  return { case: one, expected: null, perCaseProcess: isDamaged(one) };
}

function generatedSections(options: RunPlanOptions): Section[] {
  const { seed, cases, decisions, exhaustive, filter } = options;
  const sections: Section[] = [];
  if (cases > 0 && filter?.matches('generated') !== false) {
    const arbitrary = Math.floor(cases / ARBITRARY_SHARE);
    const drawn = Math.floor(cases / WHOLE_DOMAIN_SHARE);
    sections.push({
      kind: 'generated',
      name: 'generated',
      count: drawn,
      blocks: (round = 0) => generatedBlocks(seedOf(seed, round), drawn),
    });
    if (arbitrary > 0) {
      const blocks = (round = 0): Iterable<readonly GeneratedCase[]> =>
        arbitraryBlocks(seedOf(seed, round), arbitrary);
      sections.push({ kind: 'generated', name: 'arbitrary', count: arbitrary, blocks });
    }
    sections.push(generatedSection('program', cases - arbitrary - drawn));
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
