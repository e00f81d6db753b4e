import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AREAS } from '../cases/all-cases.js';
import { replaceFile } from '../files/replace-file.js';
import { goldenCases } from '../golden/golden-cases.js';
import { buildProgram } from '../model/build-request.js';
import { countText } from '../model/count-text.js';
import { filterOf } from '../model/filter.js';
import { scenarioRequest } from '../model/scenario/scenario-request.js';
import { loadSchemas } from '../spec/schemas.js';
import { concurrentRequests } from './concurrent-requests.js';
import type { Part, Setting } from './part.js';
import { countReports } from './sanitizer-report.js';
import { reportsOf, watch, type Watched } from './start.js';

/**
 * The written cases and the golden programs on threads of one process, each of which loads all of
 * them in an order of its own; and a budget that another thread sets in the middle of a load and of
 * an execution.
 */
export const THREADS_PART: Part = {
  name: 'threads',
  targets: ['concurrent-requests', 'changing-budget'],
  run: async (setting) => {
    const { count, watched } = await runAtOnce(setting);
    const changes = await changeBudgets(setting);
    const all = [watched, ...changes];
    return {
      ran: `${countText(count)} loads × ${THREADS} threads, ${changes.length} changes`,
      reports: countReports(all.flatMap(reportsOf)),
      failures: all.flatMap(({ exitCode, all: text }) =>
        exitCode === 0 ? [] : [`${exitCode ?? 'ended by a signal'}: ${text}`],
      ),
    };
  },
};

const THREADS = 4;

async function runAtOnce(setting: Setting): Promise<{ count: number; watched: Watched }> {
  const { root, sanitizer, build, scratch, filter } = setting;
  const folder = join(scratch, 'requests');
  mkdirSync(folder);
  const chosen = filterOf(filter);
  const golden = goldenCases(root, loadSchemas(root)).filter(({ case: { id, clauses } }) =>
    chosen.matches(id, ...clauses),
  );
  const { requests, outcomes, count } = concurrentRequests(
    Object.keys(AREAS),
    golden.map(({ case: { request } }) => request),
  );
  const files = { requests: join(folder, 'requests'), outcomes: join(folder, 'outcomes') };
  replaceFile(files.requests, requests);
  replaceFile(files.outcomes, outcomes);
  const program = join(build, 'concurrent-requests');
  const words = [...libraries(setting), files.requests, files.outcomes, String(THREADS)];
  const watched = await watch(sanitizer, join(scratch, 'at-once'), [program, ...words], root);
  return { count, watched };
}

/** By their numbers in native/simulator/core/control.h. */
const CALLS = { deserialize: 0, set: 2, context: 3, enqueue: 4 } as const;
const ENGINES = 3;
/** What is not told of it, and why. */
const SUPPRESSIONS = 'native/host/testing/changing_budget.supp';
const AMPLE = 2n ** 40n;

/** Behind each such call of each engine of a program. */
async function changeBudgets(setting: Setting): Promise<Watched[]> {
  const { root, sanitizer, build, scratch } = setting;
  const engines = Array.from({ length: ENGINES }, (_, at) => ({ spec: String(100 * (at + 1)) }));
  const file = join(scratch, 'changed.pte');
  replaceFile(file, buildProgram(scenarioRequest({ engines }).program));
  const watched: Watched[] = [];
  for (const call of Object.values(CALLS)) {
    for (let occurrence = 1; occurrence <= ENGINES; occurrence++) {
      const words = [file, String(AMPLE), String(call), String(occurrence), '5'];
      const program = [join(build, 'changing-budget'), ...libraries(setting), ...words] as const;
      const folder = join(scratch, `changed-${call}-${occurrence}`);
      watched.push(await watch(sanitizer, folder, program, root, join(root, SUPPRESSIONS)));
    }
  }
  return watched;
}

function libraries({ build, delegate }: Setting): string[] {
  return [delegate, ...['libnvinfer.so', 'libcudart.so', 'libtrtsim.so'].map((name) => join(build, name))];
}
