import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** From the tests of one rule to those of many thousand cases. */
const INCLUDE = [
  'reference/**/*.test.ts',
  'conformance/cases/*.test.ts',
  'conformance/oracle/*.test.ts',
  'conformance/bulk/flat/{flat-model,ruled-outcome}.test.ts',
];

/** The quick ones first: a mutant is dropped at the first test that fails. */
class QuickFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const folder = ({ moduleId }: TestSpecification): number =>
      ['/reference/', '/conformance/cases/', '/conformance/oracle/'].findIndex((each) =>
        moduleId.includes(each),
      ) & 3;
    return Promise.resolve(files.toSorted((one, other) => folder(one) - folder(other)));
  }
}

/**
 * The tests that hold the reference: its own, the hand-written cases with what each expects, and
 * the flat model, which is written a second time and agrees with it case by case.
 */
export default defineConfig({
  test: { include: INCLUDE, testTimeout: 60_000, isolate: false, sequence: { sequencer: QuickFirst } },
});
