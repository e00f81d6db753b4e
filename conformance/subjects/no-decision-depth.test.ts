import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { suiteRoot } from '../suite-root.js';
import { skippedWithout } from '../testing/skipped-without.js';
import { nativeSubject } from './native-subject.js';

const build = join(suiteRoot(), 'native/build');
const built = existsSync(join(build, 'conformance.node'));

describe.skipIf(skippedWithout(built))('a native subject whose library exports no decisions', () => {
  it('has program depth alone', () => {
    // Any library that is not a delegate of ours will do.
    const { capabilities, decide } = nativeSubject('library', build, join(build, 'libtrtsim.so'), [], null);
    expect(capabilities).toMatchObject({ program: true, decision: false });
    expect(decide).toBeNull();
  });
});
