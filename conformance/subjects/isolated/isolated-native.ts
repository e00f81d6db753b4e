import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { decodeOutcomes } from '../../protocol/decode-outcome.js';
import { SubjectError } from '../subject-error.js';
import type { IsolatedEnd, RunIsolated } from './isolated-end.js';

const WORKER = 'dist/conformance/subjects/isolated/isolated-worker.js';
const MILLISECONDS = 20_000;

/** Becomes the command that it is given, which then leaves no core file behind when it crashes. */
const WITHOUT_CORE = 'ulimit -c 0; exec "$0" "$@"';

/**
 * Runs requests on a native delegate, each in a process of its own, so that a crash is seen and survived.
 *
 * @param root the folder of the suite
 * @param build the folder native/build, an absolute path
 * @param delegate the delegate's library, an absolute path
 */
export function isolatedNative(root: string, build: string, delegate: string): RunIsolated {
  const worker = join(root, WORKER);
  return async (request) => {
    if (!existsSync(worker)) {
      throw new SubjectError('missing', `The suite is not built: there is no ${worker}. Run npm run build.`);
    }
    const command = [process.execPath, worker, build, delegate];
    const ended = await execa('sh', ['-c', WITHOUT_CORE, ...command], {
      input: request,
      encoding: 'buffer',
      reject: false,
      timeout: MILLISECONDS,
      killSignal: 'SIGKILL',
    });
    return endOf(ended);
  };
}

/** What a finished process says. Throws {@link SubjectError} when it ended by itself without one outcome. */
function endOf(ended: {
  readonly timedOut: boolean;
  readonly signal?: string | undefined;
  readonly exitCode?: number | undefined;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}): IsolatedEnd {
  if (ended.timedOut) return { kind: 'timed-out', milliseconds: MILLISECONDS };
  if (ended.signal !== undefined) return { kind: 'crashed', signal: ended.signal };
  const said = Buffer.from(ended.stderr).toString();
  if (ended.exitCode !== 0) {
    throw broken(`ended with exit code ${ended.exitCode ?? 'none'}: ${said}`);
  }
  try {
    const [outcome] = decodeOutcomes(ended.stdout);
    if (outcome !== undefined) return { kind: 'answered', outcome };
  } catch (cause) {
    throw broken('answered with what is no outcome', { cause });
  }
  throw broken('answered with nothing');
}

function broken(what: string, options?: ErrorOptions): SubjectError {
  return new SubjectError('broken', `The native subject, in a process of its own, ${what}.`, options);
}
