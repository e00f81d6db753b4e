import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { AREAS } from '../cases/all-cases.js';
import { NO_LEAKS, type Outcome } from '../../reference/outcome/outcome.js';
import type { Finding } from '../model/finding.js';
import { loadSchemas } from '../spec/schemas.js';
import { suiteRoot } from '../suite-root.js';
import { loadRegressions, writeRegressions } from './regressions.js';

const root = mkdtempSync(join(tmpdir(), 'wsb-regressions-'));
const schemas = loadSchemas(suiteRoot());
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const OUTCOME: Outcome = { program: { kind: 'ok' }, steps: [], engines: [], leaks: NO_LEAKS, violations: [] };

function findingOf(fingerprint: string): Finding {
  const [first] = Object.values(AREAS).flat();
  if (first === undefined) throw new Error('there are cases');
  const [clause = 'WSB-PARSE-01'] = first.clauses;
  return {
    fingerprint,
    verdict: 'fail',
    clause,
    case: first,
    expected: OUTCOME,
    observed: OUTCOME,
    differences: [],
    occurrences: 1,
  };
}

describe('regressions', () => {
  it('are none where none were kept', () => {
    expect(loadRegressions(root, schemas)).toEqual([]);
  });

  it('come back as they were written, and one that is kept stays', () => {
    mkdirSync(root, { recursive: true });
    symlinkSync(join(suiteRoot(), 'spec'), join(root, 'spec'));
    const folder = join(root, 'golden/regressions');
    const finding = findingOf('0123456789abcdef');
    writeRegressions(folder, [finding]);
    writeRegressions(folder, [findingOf('0123456789abcdef')]);
    expect(readdirSync(folder)).toEqual(['0123456789abcdef.json']);
    expect(loadRegressions(root, schemas).map(({ id }) => id)).toEqual([finding.case.id]);
  });
});
