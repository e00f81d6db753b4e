import { Command } from 'commander';
import { checkGolden } from '../golden/check-golden.js';
import { loadRecordedPlans } from '../oracle/recorded.js';
import { writeGolden } from '../golden/write-golden.js';
import { loadSchemas } from '../spec/schemas.js';
import { policyOracles } from '../oracle/oracle.js';
import { recordedPlanLookup } from '../oracle/recorded-plans.js';
import { exitCodeOf } from '../run/conclusion.js';
import type { Output } from './output.js';
import { lineList, visible } from '../model/visible-text.js';

/** `trt-conformance golden write|check`. */
export function goldenCommand(root: string, output: Output, end: (code: number) => void): Command {
  const parts = (): Parameters<typeof writeGolden> => {
    const schemas = loadSchemas(root);
    return [root, schemas, policyOracles(recordedPlanLookup(loadRecordedPlans(root, schemas)))];
  };
  const golden = new Command('golden');
  golden
    .command('write')
    .description('Write golden/programs and golden/manifest.json from the cases.')
    .action(() => {
      const { written, listed } = writeGolden(...parts());
      output.out(lineList([visible`${written} programs written, ${listed} in the manifest.`]));
    });
  golden
    .command('check')
    .description('Check files, manifest and outcomes against the cases and the reference.')
    .action(() => {
      const faults = checkGolden(...parts());
      for (const fault of faults) output.err.write(lineList([visible`${fault}`]));
      output.out(lineList([visible`golden/ has ${faults.length === 0 ? 'no' : faults.length} faults.`]));
      end(exitCodeOf(faults.length === 0));
    });
  return golden;
}
