import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { HOSTILE, HOSTILE_CONTROL, type HostileCase } from '../cases/hostile.js';
import { buildRequest } from '../model/build-request.js';
import { filterOf } from '../model/filter.js';
import { perCaseProcess } from '../process/per-case-process.js';
import { reaperBelow } from '../process/launch.js';
import { BINARY_FRAMING } from '../protocol/binary-framing.js';
import { LIMITS } from '../protocol/process-limits.js';
import { encodedRequest } from '../wire/encode-request.js';
import { excuseOf } from './excuse.js';
import { hostCommand } from './host-command.js';
import type { Excused, Part, Setting } from './part.js';
import { countReports, reportsAmong, reportsIn, type SanitizerReport } from './sanitizer-report.js';

/**
 * The files that may end ExecuTorch (conformance/cases/hostile.ts), each in a process of its own
 * whose reports are known to be about it. That a process ended is no excuse: whatever a sanitizer
 * reported has to be in code that is not ours.
 */
export const HOSTILE_PART: Part = {
  name: 'hostile',
  targets: [],
  run: async (setting) => {
    const chosen = hostileCasesOf(setting);
    const excused: Excused[] = [];
    const reports: SanitizerReport[] = [];
    const failures: string[] = [];
    // The control is a file in order: nothing excuses a report about it.
    for (const one of [HOSTILE_CONTROL, ...chosen]) {
      for (const report of await reportsOf(one, setting, chosen.indexOf(one))) {
        const reason = one === HOSTILE_CONTROL ? null : excuseOf(one, report, join(setting.root, 'native'));
        if (reason !== null) {
          excused.push({ report, reason });
          continue;
        }
        reports.push(report);
        failures.push(`case ${one.id}\n  ${report.what}`);
      }
    }
    return { ran: `${chosen.length} files`, reports: countReports(reports), failures, excused };
  },
};

function hostileCasesOf({ filter }: Setting): readonly HostileCase[] {
  const chosen = filterOf(filter);
  return HOSTILE.filter(({ id }) => chosen.matches(id));
}

async function reportsOf(
  { request }: HostileCase,
  setting: Setting,
  number: number,
): Promise<readonly SanitizerReport[]> {
  const { root, sanitizer, scratch } = setting;
  const folder = join(scratch, 'hostile', String(number));
  mkdirSync(folder, { recursive: true });
  const [program, ...args] = hostCommand(setting);
  const run = perCaseProcess({
    launch: { program, args, reaper: reaperBelow(root), env: sanitizer.env(folder) },
    limits: { ...LIMITS, hello: PATIENCE, case: PATIENCE, exit: PATIENCE },
    framings: ['binary'],
    framing: () => BINARY_FRAMING,
    plans: [],
  });
  const end = await run(encodedRequest(buildRequest(request)));
  return [...reportsIn(folder), ...(end instanceof Uint8Array ? [] : reportsAmong(end.stderr))];
}

/** A sanitizer makes everything slower; milliseconds. */
const PATIENCE = 120_000;
