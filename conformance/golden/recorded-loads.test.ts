import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { NO_LEAKS, runReference, type LoadRequest, type StepOutcome } from '../../reference/index.js';
import { loadClauses } from '../spec/load-clauses.js';
import { findAnchors } from '../spec/links.js';
import { loadSchemas } from '../spec/schemas.js';
import { recordedPlanLookup } from '../oracle/recorded-plans.js';
import { loadRecordedPlans } from '../oracle/recorded.js';
import { loadRecordedLoads, type RecordedLoad } from './recorded-loads.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const schemas = loadSchemas(ROOT);
const loads = loadRecordedLoads(ROOT, schemas);

describe('the recorded loads of upstream', () => {
  it('are all there', () => {
    expect(loads).toHaveLength(28);
  });

  it('name programs that are kept', () => {
    expect(loads.filter(({ program }) => !existsSync(join(ROOT, 'golden', program)))).toEqual([]);
  });

  it('execute when they load, and do not when they fail', () => {
    for (const { error, executed } of loads) expect(executed).toBe(error === 'Ok' ? 'Ok' : null);
  });

  it('differ from the specification in minus zero alone, by a ruling that exists', () => {
    const differing = loads.filter(({ ruling }) => ruling !== null);
    expect(differing.map(({ options }) => options?.[0]?.options[0]?.value)).toEqual([
      { type: 'string', bytes: new TextEncoder().encode('-0') },
    ]);
    const anchors = findAnchors(readFileSync(join(ROOT, 'spec/decisions.md'), 'utf8'));
    const ids = new Set(loadClauses(ROOT).map(({ id }) => id));
    for (const { ruling } of differing) {
      expect(anchors).toContain(ruling?.decision);
      expect(ids).toContain(ruling?.clause);
    }
  });
});

describe('the reference', () => {
  const recordedPlan = recordedPlanLookup(loadRecordedPlans(ROOT, schemas));

  it.each(loads.filter(({ ruling }) => ruling === null))(
    'agrees with upstream on $program, options $options, $freeBytes bytes free',
    (load) => {
      const outcome = runReference(requestOf(load), { recordedPlan });
      expect(outcome.steps.map(stepText)).toEqual([`${load.error}${load.warned ? ', warned' : ''}`]);
      expect(outcome.engines.map(({ calls }) => calls)).toEqual(load.engines);
      expect(outcome.leaks).toEqual(NO_LEAKS);
      expect(outcome.violations).toEqual([]);
    },
  );

  it('refuses what a ruling refuses', () => {
    for (const load of loads.filter(({ ruling }) => ruling !== null)) {
      const outcome = runReference(requestOf(load), { recordedPlan });
      expect(outcome.steps.map(stepText)).toEqual(['InvalidProgram, warned']);
    }
  });
});

/** The load as a request; the device had 80 GiB. */
function requestOf({ program, method, options, freeBytes }: RecordedLoad): LoadRequest {
  return {
    program: new Uint8Array(readFileSync(join(ROOT, 'golden', program))),
    verification: 'minimal',
    device: { totalBytes: 85_017_509_888n, freeBytes, faults: [] },
    module: null,
    steps: [{ op: 'load', method, options }],
  };
}

function stepText(step: StepOutcome): string {
  const error = step.kind === 'ok' ? 'Ok' : step.error;
  return step.warned ? `${error}, warned` : error;
}
