import { describe, expect, it } from 'vitest';
import { BulkBlock } from '../../bulk/bulk-block.js';
import { classCases } from '../../bulk/flat/class-block.js';
import { generatedBlocks } from '../../generators/blocks.js';
import { firstCases } from '../../generators/first-cases.js';
import { firstSequences } from '../../generators/first-sequences.js';
import { requestToJson } from '../../wire/json/json-request.js';
import { caseRequest } from '../../generators/case-request.js';
import type { GeneratedCase } from '../../generators/generated-case.js';
import { policyOracles } from '../../oracle/oracle.js';
import { loadSchemas } from '../../spec/schemas.js';
import { suiteRoot } from '../../suite-root.js';
import { planRun, type RunPlanOptions } from './plan-run.js';
import type { Section, SectionOf } from './section.js';

const root = suiteRoot();
const schemas = loadSchemas(root);
const SEEDS = Array.from({ length: 20 }, (_, at) => at * 7919 + 1);

/** What `run` draws unless told otherwise. */
const DEFAULT = { cases: 360_000, decisions: 5_000_000 };

function planOf(seed: number, counts: typeof DEFAULT, more: Partial<RunPlanOptions> = {}): Section[] {
  const policies = { own: 'fitting', oracles: policyOracles(() => null) } as const;
  const chosen = { exhaustive: false, filter: null, written: false };
  return planRun({ root, schemas, policies, seed, ...counts, ...chosen, ...more });
}

function bulkSections(seed: number, counts: typeof DEFAULT, takesFlat = true): SectionOf<'bulk'>[] {
  return planOf(seed, counts, { takesFlat }).filter((section) => section.kind === 'bulk');
}

function classSections(seed: number, counts: typeof DEFAULT): SectionOf<'bulk'>[] {
  return bulkSections(seed, counts).filter(({ name }) => name === 'classes');
}

const text = (one: GeneratedCase): string => JSON.stringify(requestToJson(caseRequest(one)));

describe('a default run', () => {
  it.each(SEEDS)('has every case of the dimensions at both depths, with seed %i', (seed) => {
    const sections = classSections(seed, DEFAULT);
    expect(sections.map(({ bulkKind, firstBlock, count }) => ({ bulkKind, firstBlock, count }))).toEqual([
      { bulkKind: 'program classes', firstBlock: 0, count: classCases() },
      { bulkKind: 'decision classes', firstBlock: 0, count: classCases() },
    ]);
  });

  it('has an id of its own for each case that is written down', () => {
    const ids = planOf(1, { cases: 0, decisions: 0 }, { written: true, decided: 'beside' })
      .filter((section) => section.kind === 'fixed' || section.kind === 'programs')
      .flatMap(({ cases }) => cases.map((one) => ('id' in one ? one.id : one.case.id)));
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(ids.length).toBeGreaterThan(3000);
  });

  it('has only decisions in bulk for a subject without options', () => {
    const kinds = bulkSections(1, DEFAULT, false).map(({ bulkKind }) => bulkKind);
    expect(kinds).toEqual(['decision classes', 'decision']);
  });

  it('has the same of them whatever its seed', () => {
    const blocks = [new BulkBlock(), new BulkBlock()].map((memory, at) =>
      memory.fill('decision classes', SEEDS[at] ?? 0, 3),
    );
    const [a, b] = blocks.map(({ bytes, end }) => Buffer.from(bytes.subarray(0, end)));
    expect(a?.equals(b ?? Buffer.of())).toBe(true);
  });

  it.each(SEEDS)('begins with the first sequences, with seed %i', (seed) => {
    const first = firstCases();
    const drawn = [...generatedBlocks(seed, first.length)].flat();
    const begin = first.length - firstSequences().length;
    expect(drawn.slice(begin, begin + 40).map(text)).toEqual(first.slice(begin, begin + 40).map(text));
    expect(DEFAULT.cases / 8).toBeGreaterThan(first.length);
  });

  it('has no more of them than are asked for, made up to whole blocks', () => {
    const counts = classSections(1, { cases: 100, decisions: 1000 }).map(({ count }) => count);
    expect(counts).toEqual([256, 1024]);
  });
});
