import { describe, expect, it } from 'vitest';
import { referenceOracle } from '../../oracle/oracle.js';
import { BlockRunner } from '../../run/blocks/block-runner.js';
import { describeFaults } from './describe-faults.js';
import { FAULTS } from './faults.js';

describeFaults('json-lines', (subject, requests) =>
  new BlockRunner(
    subject,
    referenceOracle(() => null),
  ).run(requests),
);

describe('faulty subjects', () => {
  it('are 16 at least, beside the controls', () => {
    const faults = Object.values(FAULTS).filter(
      ({ verdict }) => verdict.at !== 'outcome' || verdict.verdict !== 'pass',
    );
    expect(faults.length).toBeGreaterThanOrEqual(16);
  });
});
