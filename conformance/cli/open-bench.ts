import { resolve } from 'node:path';
import type { PlayCases } from '../run/blocks/fixed-cases.js';
import type { Section } from '../run/plan/section.js';
import type { OpenSubject } from '../subjects/open-subject.js';
import { openChosen } from './open-chosen.js';
import { type Output, UsageError } from './output.js';
import type { SuiteOptions } from './suite-options.js';
import { lineList, visible } from '../model/visible-text.js';

/** What a run is made on. */
export interface Bench {
  readonly opened: OpenSubject;
  readonly play?: PlayCases;
  /** The sections of a plan that can be run here. */
  readonly playable: (sections: readonly Section[]) => readonly Section[];
  /** What is run besides, when nothing is left out. */
  readonly checks: readonly Section[];
  readonly close: () => Promise<void>;
}

/**
 * Opens what a run is made on: a subject by its name, or our delegate on a real TensorRT. It has to
 * be closed.
 *
 * @throws UsageError when the subject cannot be run so.
 * @throws SubjectError when a part of it is missing.
 */
export async function openBench(root: string, options: SuiteOptions, { err }: Output): Promise<Bench> {
  const { tensorrt, cudart = null, policy = 'fitting' } = options;
  if (tensorrt === undefined) {
    const opened = await openChosen(root, options);
    // A run that is refused leaves its processes as they are; one that was made has ended them.
    const close = async (): Promise<void> => opened.subject.close().catch(() => undefined);
    return { opened, playable: (sections) => sections, checks: [], close };
  }
  if (options.timeout !== undefined) {
    throw new UsageError('A real TensorRT takes its time: --timeout cannot be used with --tensorrt.');
  }
  const engines = options.engines === undefined ? null : resolve(options.engines);
  const onCheck = (line: string): void => void err.write(lineList([visible`${line}`]));
  const [mutant, folder] = [mutantOf(options), tensorRtFolder(tensorrt)];
  // Loaded when it is asked for: a run of the suite is to take little memory.
  const { onDevice, openTensorRt } = await import('../hardware/open-tensorrt.js');
  const open = await openTensorRt(root, { mutant, policy, folder, cudart, engines, onCheck });
  return { ...open, playable: (sections) => sections.flatMap(onDevice), checks: [open.checks] };
}

/** The mutant of our delegate that a subject names; null for the delegate itself. */
function mutantOf({ subject, backendId, lacks }: SuiteOptions): string | null {
  const match = /^native(?::(.+))?$/.exec(subject);
  if (match === null || backendId !== undefined || lacks !== undefined) {
    throw new UsageError(
      'A run on a real TensorRT needs our own delegate: --subject native or native:MUTANT, and neither --backend-id nor --lacks.',
    );
  }
  return match[1] ?? null;
}

function tensorRtFolder(given: string | true): string {
  if (given !== true) return given;
  const named = process.env['TENSORRT_ROOT'];
  if (named !== undefined && named !== '') return named;
  throw new UsageError('Give --tensorrt the folder of TensorRT, or name it in TENSORRT_ROOT.');
}
