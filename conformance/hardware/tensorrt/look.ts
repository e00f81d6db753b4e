import { execa } from 'execa';
import { SubjectError } from '../../model/subject-error.js';
import type { DeviceCheckResult, Observation } from '../../model/device-check.js';

/** How native/device-check is started. */
export interface Looking {
  readonly program: string;
  /** Arguments that every check has. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** How a look ended, and what was seen until then. `refused`: it could not be made. */
export type Look =
  | { readonly kind: 'seen'; readonly lines: readonly Observation[] }
  | {
      readonly kind: 'crashed' | 'timed-out' | 'refused';
      readonly lines: readonly Observation[];
      readonly message: string;
    };

const MILLISECONDS = 120_000;

/** Lines of standard error that are told. */
const SHOWN_LINES = 3;

/** No core file is left behind by a crash. */
const WITHOUT_CORE = 'ulimit -c 0; exec "$0" "$@"';

/**
 * Looks at the device in a process of its own.
 *
 * @param args the check and its arguments
 */
export async function look(
  { program, args: common, env }: Looking,
  ...args: readonly string[]
): Promise<Look> {
  const ended = await execa('sh', ['-c', WITHOUT_CORE, program, ...args, ...common], {
    env,
    reject: false,
    timeout: MILLISECONDS,
    killSignal: 'SIGKILL',
  });
  const lines = linesOf(ended.stdout);
  if (ended.timedOut)
    return { kind: 'timed-out', lines, message: `it did not end within ${MILLISECONDS / 1000} s` };
  if (ended.signal !== undefined)
    return { kind: 'crashed', lines, message: `it was ended by ${ended.signal}` };
  if (ended.exitCode === 0) return { kind: 'seen', lines };
  // The shell that stops a crashed command reports its signal so.
  const signal = (ended.exitCode ?? 0) - 128;
  const message = ended.stderr.trim().split('\n').slice(-SHOWN_LINES).join('; ');
  return signal > 0
    ? { kind: 'crashed', lines, message: `it was ended by signal ${signal}` }
    : { kind: 'refused', lines, message };
}

function linesOf(text: string): readonly Observation[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.flatMap((line, at) => {
    try {
      return [JSON.parse(line) as Observation];
    } catch (cause) {
      // The last line of a process that was ended may be a part of one.
      if (at === lines.length - 1) return [];
      throw new SubjectError('broken', `native/device-check printed a line that is not JSON: ${line}`, {
        cause,
      });
    }
  });
}

/** The result of a check: what `judge` says of a look that ended well, else how it ended. */
export function resultOf(
  check: Pick<DeviceCheckResult, 'name' | 'clause'>,
  seen: Look,
  judge: (lines: readonly Observation[]) => Pick<DeviceCheckResult, 'verdict' | 'message'>,
): DeviceCheckResult {
  if (seen.kind === 'seen') return { ...check, ...judge(seen.lines), observed: seen.lines };
  const verdict = seen.kind === 'refused' ? 'fail' : seen.kind;
  return { ...check, verdict, message: seen.message, observed: seen.lines };
}
