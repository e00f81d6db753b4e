import { describe, expect, it } from 'vitest';
import { continueRun } from './continue-run.js';
import type { Section } from './section.js';
import { exhaustiveSection, generatedSection } from './bulk-section.js';

const FIXED: Section = { kind: 'fixed', name: 'parsing', cases: [] };

/**
 * The sections of a run that is asked `asks` times whether to go on, told by name and first block.
 */
function names(plan: readonly Section[], asks: number): string[] {
  let left = asks;
  const goOn = (): boolean => left-- > 0;
  return [...continueRun(plan, goOn)].map((section) =>
    section.kind === 'bulk' ? `${section.name} ${section.firstBlock}` : section.name,
  );
}

describe('continueRun', () => {
  it('gives the plan even when the time is up at once', () => {
    expect(names([FIXED, generatedSection('decision', 512)], 0)).toEqual(['parsing', 'decisions 0']);
  });

  it('goes on with blocks that were not tried yet, and with nothing that is always the same', () => {
    const plan = [
      FIXED,
      generatedSection('decision', 512),
      exhaustiveSection(),
      generatedSection('program', 256),
    ];
    expect(names(plan, 4)).toEqual([
      'parsing',
      'decisions 0',
      'exhaustive 0',
      'programs 0',
      'decisions 2',
      'programs 1',
      'decisions 4',
    ]);
  });

  it('hands out other cases of a drawn section each round', () => {
    const rounds: (number | undefined)[] = [];
    const blocks = ({ round }: { round?: number } = {}): [] => {
      rounds.push(round);
      return [];
    };
    let left = 2;
    const plan: Section[] = [{ kind: 'generated', name: 'generated', count: 1, blocks }];
    for (const section of continueRun(plan, () => left-- > 0)) {
      if (section.kind === 'generated') section.blocks();
    }
    expect(rounds).toEqual([undefined, 1]);
  });

  it('ends when there is nothing to go on with', () => {
    expect(names([FIXED], 100)).toEqual(['parsing']);
  });
});
