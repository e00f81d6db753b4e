import type { HostileCase } from '../cases/hostile.js';
import type { SanitizerReport } from './sanitizer-report.js';
import { whoseFault } from './whose-fault.js';

const READS =
  'ExecuTorch itself reads what the file lacks, before the delegate is called or behind it (spec/decisions.md, "Damaged programs")';
const GIVES =
  'ExecuTorch gives the delegate the compile spec of a file without a key, whose address it counts from none: it is 4, and nothing tells it from one that can be read';

/** The address that ExecuTorch counts for the characters of a text that is not there. */
const OF_NO_TEXT = /SEGV on unknown address 0x0*4\b/;
const WITHOUT_KEY = 'no key in a compile spec';

/**
 * Why a report about a hostile file is not ours to mend; null when it is: when code of ours was at
 * the fault, or nobody knows whose.
 *
 * @param native see {@link whoseFault}
 */
export function excuseOf({ title }: HostileCase, report: SanitizerReport, native: string): string | null {
  switch (whoseFault(report, native)) {
    case 'executorch':
      return READS;
    case 'ours':
      return title === WITHOUT_KEY && OF_NO_TEXT.test(report.what) && readsKey(report) ? GIVES : null;
    case null:
      return null;
  }
}

/** Whether it was the comparison of a key, the first thing that is done with a compile spec. */
function readsKey({ frames }: SanitizerReport): boolean {
  return frames.slice(0, 2).some((frame) => frame.includes('IsBudgetSpec'));
}
