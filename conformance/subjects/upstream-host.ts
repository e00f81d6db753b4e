import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SubjectError } from '../model/subject-error.js';
import { nativeBuild } from '../native-home.js';
import { builtNative } from './built-native.js';

const FOLDER = 'upstream';

/** What is in the process of ExecuTorch 1.4.1: its host, and our delegate built for it. */
export interface UpstreamHost {
  readonly host: string;
  readonly ourDelegate: string;
}

/**
 * The host of the ExecuTorch that is in the released upstream delegate; it is built when it is not
 * there yet.
 *
 * @throws SubjectError when it cannot be built.
 */
export async function upstreamHost(root: string): Promise<UpstreamHost> {
  await builtNative(root);
  const built = {
    host: join(nativeBuild(root), FOLDER, 'wsb-host-upstream'),
    ourDelegate: join(nativeBuild(root), FOLDER, 'libtensorrt_delegate.so'),
  };
  if (existsSync(built.host) && existsSync(built.ourDelegate)) return built;
  const { execa } = await import('execa');
  const build = await execa(process.execPath, ['scripts/build.mjs', '--native-only', '--upstream'], {
    cwd: root,
    reject: false,
    all: true,
  });
  if (build.exitCode === 0) return built;
  throw new SubjectError('missing', `The host of the upstream delegate cannot be built:\n${build.all}`);
}
