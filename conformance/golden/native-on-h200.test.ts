import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StepOutcome } from '../../reference/outcome/outcome.js';
import type { OptionsMap, OptionValue } from '../../reference/request/load-request.js';
import { loadSchemas } from '../spec/schemas.js';
import { recordedPlanLookup } from '../oracle/recorded-plans.js';
import { referenceOracle } from '../oracle/oracle.js';
import { suiteRoot } from '../suite-root.js';
import { loadRecordedPlans } from '../oracle/recorded.js';

/** A line of golden/recorded/h200/loads.jsonl: our delegate on a real TensorRT. */
interface RecordedRun {
  readonly program: string;
  readonly option:
    | { readonly type: 'string'; readonly text: string }
    | { readonly type: 'int'; readonly value: number }
    | null;
  readonly load: StepOutcome;
  readonly execute: StepOutcome;
}

const root = suiteRoot();
const oracle = referenceOracle(recordedPlanLookup(loadRecordedPlans(root, loadSchemas(root))));
const runs = readFileSync(join(root, 'golden/recorded/h200/loads.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as RecordedRun);

function optionsOf({ option }: RecordedRun): OptionsMap | null {
  if (option === null) return null;
  const value: OptionValue =
    option.type === 'int' ? option : { type: 'string', bytes: new TextEncoder().encode(option.text) };
  return [
    { backend: 'TensorRTBackend', via: 'builder', options: [{ key: 'weight_streaming_budget', value }] },
  ];
}

describe('our delegate on a real TensorRT', () => {
  it('was recorded for every program of the exporter', () => {
    expect(runs).toHaveLength(45);
    expect(new Set(runs.map(({ program }) => program)).size).toBe(5);
  });

  it.each(runs.map((run) => [`${run.program} ${JSON.stringify(run.option)}`, run] as const))(
    'ended as the reference says: %s',
    (_, run) => {
      const outcome = oracle({
        program: new Uint8Array(readFileSync(join(root, 'golden', run.program))),
        verification: 'minimal',
        device: { totalBytes: 2n ** 37n, freeBytes: 2n ** 37n, faults: [] },
        module: null,
        steps: [
          { op: 'load', method: 'forward', options: optionsOf(run) },
          { op: 'execute', method: 'forward' },
        ],
      });
      expect(outcome.steps).toEqual([run.load, run.execute]);
    },
  );
});
