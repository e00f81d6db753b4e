import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BACKEND_ID,
  composeBlob,
  composePlan,
  composeProgram,
  scriptedPlan,
  type DelegateSpec,
} from '../../reference/index.js';
import { programOnDisk } from '../files/program-on-disk.js';
import { writeSource } from '../files/write-source.js';
import { METHOD } from '../model/names.js';
import { outcomeLines } from '../model/outcome-lines.js';
import { answerList } from '../process/answers.js';
import { CaseBatch } from '../protocol/case-batch.js';
import type { OutOfProcessSubject } from '../subjects/subject.js';
import { decodeOutcome } from '../wire/decode-outcome.js';
import { encodedRequest } from '../wire/encode-request.js';
import { descendantsOf } from './resident-bytes.js';

/** Memory of a host at its most while it loads plans, as a ratio to the bytes of one plan. */
export interface LoadPeak {
  /** What is in memory: a delegate that copies a plan is above 1. */
  readonly resident: number;
  /** What is mapped: a delegate that keeps each blob while it loads the next has one for each. */
  readonly mapped: number;
}

/**
 * Loads a program of so many engines, each with a plan of so many bytes, from its file, and tells
 * how much more memory the subject's processes took at their most than for a small one. The
 * simulated TensorRT itself holds nothing of a plan. Linux, and a file system with sparse files.
 *
 * @throws Error when the program does not load.
 */
export async function loadPeak(
  subject: OutOfProcessSubject,
  engines: number,
  planBytes: number,
): Promise<LoadPeak> {
  const folder = mkdtempSync(join(tmpdir(), 'load-peak-'));
  try {
    await load(subject, join(folder, 'small.pte'), engines, 4096);
    const before = peakOf(process.pid);
    await load(subject, join(folder, 'large.pte'), engines, planBytes);
    const after = peakOf(process.pid);
    return {
      resident: (after.resident - before.resident) / planBytes,
      mapped: (after.mapped - before.mapped) / planBytes,
    };
  } finally {
    await subject.close();
    rmSync(folder, { recursive: true });
  }
}

async function load(
  subject: OutOfProcessSubject,
  file: string,
  engines: number,
  planBytes: number,
): Promise<void> {
  const delegates = Array.from({ length: engines }, (): DelegateSpec => ({
    backend: BACKEND_ID,
    placement: 'segment',
    // Each has a segment of its own.
    data: composeBlob({ engine: composePlan(scriptedPlan(), planBytes) }),
    compileSpecs: [],
  }));
  writeSource(file, composeProgram({ methods: [{ name: METHOD, delegates }] }));
  const record = encodedRequest({
    program: programOnDisk(file),
    verification: 'minimal',
    device: { totalBytes: 2n ** 40n, freeBytes: 2n ** 40n, faults: [] },
    module: null,
    steps: [{ op: 'load', method: METHOD, options: null }],
  });
  const [answer] = answerList(await subject.answer(CaseBatch.of('program', record)), 'program');
  const lines = answer instanceof Uint8Array ? outcomeLines(decodeOutcome(answer)) : [JSON.stringify(answer)];
  if (lines[0] !== 'step 0: ok') throw new Error(`${subject.name} does not load: ${lines.join('; ')}`);
}

/** Bytes that the processes below one held and mapped at their most. */
function peakOf(pid: number): { readonly resident: number; readonly mapped: number } {
  const peaks = descendantsOf(pid).map((child) => {
    const status = readFileSync(`/proc/${child}/status`, 'latin1');
    const field = (name: string): number =>
      1024 * Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0);
    return { resident: field('VmHWM'), mapped: field('VmPeak') };
  });
  return {
    resident: peaks.reduce((sum, each) => sum + each.resident, 0),
    mapped: peaks.reduce((sum, each) => sum + each.mapped, 0),
  };
}
