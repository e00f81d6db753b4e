import { join } from 'node:path';
import { execa } from 'execa';
import { nativeBuild } from '../native-home.js';

/** Python with Hypothesis, and the shared library that it calls the delegate by. */
export interface HypothesisPeer {
  readonly script: string;
  readonly library: string;
  /** The folder of Hypothesis. */
  readonly packages: string;
}

/** The peers that are built, by absolute paths; null for each that cannot be had here. */
export interface Peers {
  readonly pureCpp: string;
  readonly googleTest: string | null;
  readonly libFuzzer: string | null;
  readonly hypothesis: HypothesisPeer | null;
  /** For each that is missing, what to do about it. */
  readonly missing: readonly string[];
}

const HYPOTHESIS = 'hypothesis==6.170.17';

/**
 * Builds the peers, and installs what they take and is not there: Hypothesis with pip, into
 * native/build; GoogleTest and clang with apt-get, where whoever runs the bench may.
 *
 * @param tell is given a line for each step
 * @throws ExecaError when the peers that take nothing cannot be built.
 */
export async function installPeers(root: string, tell: (line: string) => void): Promise<Peers> {
  const folder = join(nativeBuild(root), 'peers');
  const build = (...targets: readonly string[]) =>
    execa(
      process.execPath,
      ['scripts/build.mjs', '--native-only', ...targets.flatMap((name) => ['--target', name])],
      { cwd: root },
    );
  tell('building the peers');
  await build('peer-pure-cpp');
  await build('peer-decisions');
  const missing: string[] = [];
  const orInstalled = async (what: string, debian: string, make: () => Promise<unknown>) => {
    tell(`building the peer with ${what}`);
    if (await succeeds(make)) return true;
    tell(`installing ${debian} with apt-get`);
    if ((await succeeds(() => execa('apt-get', ['install', '-y', debian]))) && (await succeeds(make)))
      return true;
    missing.push(`${what} is not measured: install it (Debian, Ubuntu: apt-get install ${debian}).`);
    return false;
  };
  const googleTest = await orInstalled('GoogleTest', 'libgtest-dev', () => build('peer-googletest'));
  const libFuzzer = await orInstalled('libFuzzer', 'clang', () =>
    execa('cmake', ['--workflow', '--preset', 'peers'], { cwd: join(root, 'native') }),
  );
  const packages = join(folder, 'hypothesis');
  tell('installing Hypothesis with pip');
  const hypothesis = await succeeds(() =>
    execa('python3', [
      '-I',
      '-m',
      'pip',
      'install',
      '--quiet',
      '--upgrade',
      '--target',
      packages,
      HYPOTHESIS,
    ]),
  );
  if (!hypothesis) missing.push('Hypothesis is not measured: python3 -m pip has to be able to install it.');
  return {
    pureCpp: join(folder, 'peer-pure-cpp'),
    googleTest: googleTest ? join(folder, 'peer-googletest') : null,
    libFuzzer: libFuzzer ? join(nativeBuild(root), 'peers-libfuzzer/peers/peer-libfuzzer') : null,
    hypothesis: hypothesis
      ? {
          script: join(root, 'native/peers/hypothesis_peer.py'),
          library: join(folder, 'libpeer-decisions.so'),
          packages,
        }
      : null,
    missing,
  };
}

async function succeeds(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch {
    return false;
  }
}
