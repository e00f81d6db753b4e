import { describe, expect, it } from 'vitest';
import { describeFaults } from './describe-faults.js';
import { FAULTS } from './faults.js';

describeFaults('json-lines');

describe('faulty subjects', () => {
  it('are 16 at least, beside the controls', () => {
    const faults = Object.values(FAULTS).filter(
      ({ verdict }) => verdict.at !== 'outcome' || verdict.verdict !== 'pass',
    );
    expect(faults.length).toBeGreaterThanOrEqual(16);
  });
});
