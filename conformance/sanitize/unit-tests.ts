import { join } from 'node:path';
import type { Part } from './part.js';
import { countReports } from './sanitizer-report.js';
import { reportsOf, watch } from './start.js';

/** The unit tests in C++, the fuzz targets on their seeds among them. */
export const UNIT_TESTS: Part = {
  name: 'unit-tests',
  targets: ['unit-tests'],
  run: async ({ sanitizer, build, scratch, jobs }) => {
    const command = ['ctest', '--test-dir', build, '--output-on-failure', '-j', String(jobs)] as const;
    const watched = await watch(sanitizer, join(scratch, 'unit-tests'), command, build);
    const { exitCode, all } = watched;
    const count = /tests failed out of (\d+)/.exec(all)?.[1] ?? '0';
    return {
      ran: `${count} tests`,
      reports: countReports(reportsOf(watched)),
      failures: exitCode === 0 && count !== '0' ? [] : [all],
    };
  },
};
