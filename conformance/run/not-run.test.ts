import { describe, expect, it } from 'vitest';
import { generatedSection } from './plan/bulk-section.js';
import type { Section } from './plan/section.js';
import { notRunOf } from './not-run.js';

const SECTIONS: readonly Section[] = [
  { kind: 'generated', name: 'generated', count: 100, blocks: () => [] },
  generatedSection('program', 512),
  { kind: 'generated', name: 'generated', count: 20, blocks: () => [] },
];

describe('what a run that ended early left out', () => {
  it('is told by area, with the hostile files', () => {
    const done = [{ name: 'generated', cases: 50 }];
    expect(notRunOf({ sections: SECTIONS, hostile: 7 }, done, 'budget')).toEqual({
      reason: 'budget',
      cases: 589,
      areas: [
        { area: 'generated', cases: 70 },
        { area: 'programs', cases: 512 },
        { area: 'hostile files', cases: 7 },
      ],
    });
  });

  it('is nothing for a run that came to its end, also one that went on with new cases', () => {
    const done = [
      { name: 'generated', cases: 5000 },
      { name: 'programs', cases: 512 },
    ];
    expect(notRunOf({ sections: SECTIONS, hostile: 0 }, done, 'fail-fast')).toBeNull();
    expect(notRunOf({ sections: SECTIONS, hostile: 7 }, [], null)).toBeNull();
  });
});
