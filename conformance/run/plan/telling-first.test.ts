import { describe, expect, it } from 'vitest';
import { AREAS } from '../../cases/all-cases.js';
import { loadClauses } from '../../spec/load-clauses.js';
import { suiteRoot } from '../../suite-root.js';
import { classSection, exhaustiveSection, generatedSection } from './bulk-section.js';
import type { FixedCase } from '../../model/fixed-case.js';
import { type Section, type SectionOf, sectionSize } from './section.js';
import { tellingFirst } from './telling-first.js';

const clauses = loadClauses(suiteRoot());
const levelOf = new Map(clauses.map(({ id, level }) => [id, level]));

const WRITTEN: readonly SectionOf<'fixed'>[] = Object.entries(AREAS).map(([name, cases]) => ({
  kind: 'fixed',
  name,
  cases: cases.map((one) => ({ case: one, expected: null })),
}));
const GOLDEN: Section = { kind: 'fixed', name: 'golden', cases: [] };
const DRAWN: Section = { kind: 'generated', name: 'generated', count: 1, blocks: () => [] };
const PLAN: readonly Section[] = [
  exhaustiveSection(),
  generatedSection('program', 512),
  DRAWN,
  classSection('program', 512),
  { kind: 'programs', name: 'export', cases: [] },
  GOLDEN,
  ...WRITTEN,
];

const idsOf = (sections: readonly Section[]): string[] =>
  sections.flatMap((section) => (section.kind === 'fixed' ? section.cases.map((one) => one.case.id) : []));

describe('the order of a run that may end early', () => {
  const ordered = tellingFirst(PLAN, clauses);

  it('has the same cases, each in a section of its name', () => {
    expect(idsOf(ordered).sort()).toEqual(idsOf(PLAN).sort());
    for (const { name } of PLAN) {
      const size = (sections: readonly Section[]): number =>
        sections.filter((one) => one.name === name).reduce((sum, one) => sum + sectionSize(one), 0);
      expect(size(ordered), name).toBe(size(PLAN));
    }
  });

  it('begins with one control, violation and boundary case of each MUST clause that has them', () => {
    const cases = ordered.flatMap((section) => (section.kind === 'fixed' ? section.cases : []));
    const nameOf = ({ case: one }: FixedCase): string => `${one.clauses[0]} ${one.kind}`;
    const kinds = WRITTEN.flatMap((section) => section.cases)
      .filter((one) => levelOf.get(one.case.clauses[0] ?? 'WSB-PARSE-01') === 'MUST')
      .map(nameOf);
    const first = cases.slice(0, new Set(kinds).size).map(nameOf);
    expect(new Set(first)).toEqual(new Set(kinds));
    expect(new Set(first).size).toBeGreaterThan(300);
  });

  it('ends with what is drawn, behind written cases of clauses that say SHOULD', () => {
    const names = ordered.map(({ name }) => name);
    expect(names.slice(-6)).toEqual(['golden', 'export', 'classes', 'generated', 'exhaustive', 'programs']);
    const last = ordered.filter((section) => section.kind === 'fixed' && section.cases.length > 0).at(-1);
    const levels =
      last?.kind === 'fixed'
        ? last.cases.map((one) => levelOf.get(one.case.clauses[0] ?? 'WSB-PARSE-01'))
        : [];
    expect(levels.every((level) => level !== 'MUST')).toBe(true);
  });

  it('depends on the plan alone', () => {
    expect(tellingFirst(PLAN, clauses)).toEqual(ordered);
    expect(tellingFirst([], clauses)).toEqual([]);
  });
});
