import { referenceOracle } from '../../oracle/oracle.js';
import { BlockRunner } from '../../run/blocks/block-runner.js';
import { describeFaults } from './describe-faults.js';

describeFaults('binary', (subject, requests) =>
  new BlockRunner(
    subject,
    referenceOracle(() => null),
  ).run(requests),
);
