import type { SanitizerReport } from './sanitizer-report.js';

/** Whose code a frame is in. */
export type Owner = 'ours' | 'executorch';

/** ExecuTorch's libraries are those of its wheel: compiled elsewhere, and without a sanitizer. */
const EXECUTORCH = /libexecutorch[\w]*\.so/;
/** Its headers are compiled into what is ours, where whoever calls them is told. */
const FETCHED = '/.deps/';

/**
 * Whose code was at the fault that a report tells of: that of the innermost frame which is neither
 * in a sanitizer nor in the C or C++ library. Null where there is no such frame.
 *
 * @param native the folder `native` of the suite, in which all that is ours was compiled
 */
export function whoseFault({ frames }: SanitizerReport, native: string): Owner | null {
  for (const frame of frames) {
    const owner = ownerOf(frame, native);
    if (owner !== null) return owner;
  }
  return null;
}

function ownerOf(frame: string, native: string): Owner | null {
  if (EXECUTORCH.test(frame)) return 'executorch';
  return frame.includes(`${native}/`) && !frame.includes(FETCHED) ? 'ours' : null;
}
