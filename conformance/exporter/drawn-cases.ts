import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { ClauseId } from '../../reference/outcome/clause-id.js';
import type { ExportCase } from '../model/export-case.js';
import { type ExportScenario, exportQuery, exportRequest } from '../model/scenario/export-scenario.js';
import { EXPORT_SCENARIOS } from './draw-scenarios.js';

/** Characters of an id; of what is longer the beginning and a hash stand in it. */
const LONGEST_ID = 200;

/** Cases that a try to make one smaller may take. */
const MOST_TRIES = 2000;

/** So many scenarios, drawn from a seed. */
export function drawScenarios(seed: number, count: number): readonly ExportScenario[] {
  return count === 0 ? [] : fc.sample(EXPORT_SCENARIOS, { seed, numRuns: count });
}

/** A scenario as a case. */
export function drawnCase(scenario: ExportScenario, clause: ClauseId = 'WSB-EXPORT-14'): ExportCase {
  const query = exportQuery(scenario);
  const hash = createHash('sha256').update(query).digest('hex').slice(0, 16);
  const told = query.length <= LONGEST_ID ? query : `${query.slice(0, LONGEST_ID)}…${hash}`;
  return {
    id: `generated/ask/${told === '' ? 'nothing' : told.replace('…', '...').trimEnd()}`,
    clauses: [clause],
    kind: 'generated',
    title: 'drawn',
    request: exportRequest(scenario),
    expectation: null,
  };
}

/**
 * The smallest scenario found, of those that the same seed draws, of which `fails` says that it
 * shows a fault; null where none of them does.
 */
export async function smallestScenario(
  seed: number,
  count: number,
  fails: (scenario: ExportScenario) => Promise<boolean>,
): Promise<ExportScenario | null> {
  let found = false;
  let tries = 0;
  const property = fc.asyncProperty(EXPORT_SCENARIOS, async (scenario) => {
    if (found && tries++ >= MOST_TRIES) return true;
    const isFound = await fails(scenario);
    found ||= isFound;
    return !isFound;
  });
  const { counterexample } = await fc.check(property, { seed, numRuns: Math.max(1, count) });
  return counterexample?.[0] ?? null;
}
