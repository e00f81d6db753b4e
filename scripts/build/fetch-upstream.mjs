import path from 'node:path';

import { PrerequisiteError } from './build-errors.mjs';
import { fetchWheel } from './fetch-wheel.mjs';
import {
  DELEGATE_WHEEL,
  HEADERS_WHEEL,
  isFetched,
  UPSTREAM_PLATFORM,
  UPSTREAM_VERSION,
} from './upstream.mjs';

/**
 * Fetches what is not there yet of the released upstream delegate and of the headers that go with it. To be
 * called by the owner of the build lock.
 *
 * @param {(message: string) => void} say
 * @param {NodeJS.ProcessEnv} [env] may name the wheels as files
 * @throws {import('./build-errors.mjs').BuildError} a wheel can't be unpacked
 * @throws {PrerequisiteError} another platform than the release has, no Python or pip, no index reached, or
 *   another file than the pinned one
 */
export async function fetchUpstream(say, env = process.env) {
  const platform = `${process.platform}-${process.arch}`;
  if (platform !== UPSTREAM_PLATFORM) {
    throw new PrerequisiteError([
      {
        what: `No upstream delegate: release ${UPSTREAM_VERSION} is a library for ${UPSTREAM_PLATFORM}, and this is ${platform}.`,
        remedy: `Run the subject upstream on ${UPSTREAM_PLATFORM}.`,
      },
    ]);
  }
  for (const wheel of [DELEGATE_WHEEL, HEADERS_WHEEL]) {
    if (isFetched(wheel)) continue;
    const given = env[wheel.variable];
    if (given) {
      await fetchWheel(wheel, wheel.folder, { file: path.resolve(given) });
    } else {
      say(`fetching ${wheel.project} ${wheel.version} with pip`);
      await fetchWheel(wheel, wheel.folder);
    }
  }
}
