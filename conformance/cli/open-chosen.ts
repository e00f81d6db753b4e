import { LIMITS } from '../protocol/process-limits.js';
import { packageOf } from '../package-of.js';
import { type OpenSubject, openSubject } from '../subjects/open-subject.js';
import { visible } from '../model/visible-text.js';
import { UsageError } from './output.js';
import type { ChosenSubject } from './subject-options.js';

/**
 * Opens the subject that was chosen. It has to be closed.
 *
 * @throws UsageError when its time is limited and cannot be.
 * @throws SubjectError when there is no such subject, or a part of it is missing.
 */
export async function openChosen(root: string, chosen: ChosenSubject): Promise<OpenSubject> {
  const { subject: name, backendId, policy, env, lacks, timeout } = chosen;
  const limits = timeout === undefined ? LIMITS : { ...LIMITS, case: timeout };
  const { version } = packageOf(root);
  const opened = await openSubject(name, root, version, { backendId, policy, env, lacks, limits });
  if (timeout === undefined || opened.subject.kind === 'out-of-process') return opened;
  await opened.subject.close().catch(() => undefined);
  throw new UsageError(
    visible`${name} runs in the process of the suite, which cannot end it: it takes no --timeout. Take a subject in a process of its own, such as native-process for native.`,
  );
}
