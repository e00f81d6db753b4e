import path from 'node:path';

import { execa } from 'execa';

import { PrerequisiteError } from '../build/build-errors.mjs';
import { coordinatesOf, TENSORRT_ARTIFACT } from './releases.mjs';

const TOOLS = Object.freeze([
  {
    command: 'java',
    args: ['-version'],
    what: 'No Java: java does not run (Maven, which fetches TensorRT, needs it)',
    remedy:
      'Debian/Ubuntu: apt-get install default-jre-headless · Fedora: dnf install java-latest-openjdk-headless',
  },
  {
    command: 'mvn',
    args: ['--version'],
    what: 'No Maven: mvn does not run (it fetches TensorRT)',
    remedy:
      'Debian/Ubuntu: apt-get install maven · Fedora: dnf install maven · or fetch the jar elsewhere and name it with --jar',
  },
]);

/**
 * Has Maven copy the jar of a release into a folder, so that mirrors, proxies and certificates work
 * as they are set up for Maven. Takes minutes; Maven keeps a copy of its own in its local
 * repository.
 *
 * @param {import('./releases.mjs').TensorRtRelease} release
 * @param {string} folder
 * @returns {Promise<string>} the jar, unchecked
 * @throws {PrerequisiteError} no Java, no Maven, or Maven did not get the jar
 */
export async function copyJarWithMaven(release, folder) {
  await requireMaven();
  const result = await execa(
    'mvn',
    [
      ...['--batch-mode', '--quiet', 'dependency:copy'],
      ...[`-Dartifact=${coordinatesOf(release)}`, `-DoutputDirectory=${folder}`],
    ],
    // In the empty folder there is no pom.xml of another project.
    { cwd: folder, reject: false, stdin: 'ignore', all: true },
  );
  if (!result.failed) {
    const { name, classifier } = TENSORRT_ARTIFACT;
    return path.join(folder, `${name}-${release.artifactVersion}-${classifier}.jar`);
  }
  throw new PrerequisiteError([
    {
      what: `Maven could not fetch ${coordinatesOf(release)} (${firstError(result.all ?? '')})`,
      remedy:
        'Check that Maven reaches Maven Central or a mirror of it (~/.m2/settings.xml) and has room for the jar twice · or fetch the jar elsewhere and name it with --jar',
    },
  ]);
}

/** @throws {PrerequisiteError} with all that is missing */
async function requireMaven() {
  const answers = await Promise.all(
    TOOLS.map(({ command, args }) =>
      // A folder can hold settings of Maven (.mvn), which run code of their own.
      execa(command, args, { cwd: '/', reject: false, stdin: 'ignore', timeout: 60_000 }),
    ),
  );
  const missing = TOOLS.filter((_, index) => answers[index]?.failed === true);
  if (missing.length > 0) throw new PrerequisiteError(missing.map(({ what, remedy }) => ({ what, remedy })));
}

/** @param {string} output */
function firstError(output) {
  const line = output.split('\n').find((candidate) => candidate.includes('[ERROR]'));
  return line?.replace('[ERROR]', '').trim() ?? 'it gave no reason';
}
