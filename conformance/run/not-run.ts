import type { SectionResult } from '../model/run-result.js';
import { type Section, sectionSize } from './plan/section.js';
import type { EndReason } from './state/run-end.js';

/** The part of a plan that a run left out because it ended early. */
export interface NotRun {
  readonly reason: EndReason;
  readonly cases: number;
  /** Those parts of it that were not run as a whole, in the order of the plan. */
  readonly areas: readonly { readonly area: string; readonly cases: number }[];
}

/** The name under which hostile files are told that were not run. */
export const HOSTILE_FILES = 'hostile files';

/** What a run that ended early left out of its plan; null where that is nothing. */
export function notRunOf(
  plan: { readonly sections: readonly Section[]; readonly hostile: number },
  done: readonly Pick<SectionResult, 'name' | 'cases'>[],
  reason: EndReason | null,
): NotRun | null {
  if (reason === null) return null;
  const sizes = new Map<string, number>();
  for (const section of plan.sections) {
    sizes.set(section.name, (sizes.get(section.name) ?? 0) + sectionSize(section));
  }
  const counted = new Map(done.map(({ name, cases }) => [name, cases]));
  const areas = [
    ...[...sizes].map(([area, size]) => left(area, size, counted)),
    [HOSTILE_FILES, plan.hostile] as const,
  ]
    .filter(([, cases]) => cases > 0)
    .map(([area, cases]) => ({ area, cases }));
  const cases = areas.reduce((sum, area) => sum + area.cases, 0);
  return cases === 0 ? null : { reason, cases, areas };
}

function left(area: string, size: number, counted: ReadonlyMap<string, number>): readonly [string, number] {
  return [area, Math.max(0, size - (counted.get(area) ?? 0))];
}
