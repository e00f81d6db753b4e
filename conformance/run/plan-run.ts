import { AREAS as CASES } from '../cases/all-cases.js';
import { arbitraryBlocks } from '../generators/arbitrary-blocks.js';
import { generatedBlocks } from '../generators/blocks.js';
import { goldenCases } from '../golden/golden-cases.js';
import { recordedCases } from '../golden/recorded-cases.js';
import type { Schemas } from '../spec/schemas.js';
import type { Oracle } from '../subjects/oracle.js';
import { chooses, type Filter } from './filter.js';
import type { FixedCase, Section } from './section.js';

/** One generated case in that many is drawn by the fast-check arbitraries, the second, independent generator. */
const ARBITRARY_SHARE = 50;

/** What a run is made of. */
export interface RunPlanOptions {
  /** The folder of the suite. */
  readonly root: string;
  readonly schemas: Schemas;
  readonly oracle: Oracle;
  readonly seed: number;
  /** Generated cases in all. */
  readonly generated: number;
  readonly filter: Filter | null;
}

/**
 * The sections of a run, in the order of its table: the areas of the specification, golden programs, recorded loads, generated
 * cases. Sections of which the filter chooses nothing are left out.
 */
export function planRun(options: RunPlanOptions): Section[] {
  const { root, schemas, oracle, filter } = options;
  const fixed: [name: string, cases: readonly FixedCase[]][] = [
    ...Object.entries(CASES).map(([area, cases]): [string, FixedCase[]] => [
      area,
      cases.map((one) => ({ case: one, expected: null })),
    ]),
    ['golden', goldenCases(root, schemas)],
    ['recorded', recordedCases(root, schemas, oracle)],
  ];
  const sections = fixed.map(([name, cases]): Section => {
    return { kind: 'fixed', name, cases: cases.filter((one) => chooses(filter, one.case)) };
  });
  return [...sections, ...generatedSections(options)].filter(
    (section) => section.kind === 'generated' || section.cases.length > 0,
  );
}

function generatedSections({ seed, generated, filter }: RunPlanOptions): Section[] {
  if (generated === 0 || filter?.matches('generated') === false) return [];
  const arbitrary = Math.floor(generated / ARBITRARY_SHARE);
  const drawn = generated - arbitrary;
  const sections: Section[] = [
    { kind: 'generated', name: 'generated', count: drawn, blocks: () => generatedBlocks(seed, drawn) },
    {
      kind: 'generated',
      name: 'arbitrary',
      count: arbitrary,
      blocks: () => arbitraryBlocks(seed, arbitrary),
    },
  ];
  return sections.filter((section) => section.kind === 'fixed' || section.count > 0);
}
