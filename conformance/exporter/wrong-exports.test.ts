import { describe, expect, it } from 'vitest';
import { WRONG_EXPORTS } from '../../reference/exporter/wrong-exports.js';
import { EXPORTERS } from '../cases/exporters.js';
import { LIMITS } from '../protocol/process-limits.js';
import { loadSchemas } from '../spec/schemas.js';
import { openSubject } from '../subjects/open-subject.js';
import { suiteRoot } from '../suite-root.js';
import { KnownExports } from './known-exports.js';
import { openExporter } from './open-exporter.js';
import { runExporter } from './run-exporter.js';
import type { RunResult } from '../model/run-result.js';

const root = suiteRoot();
const quiet = { progress: () => undefined, step: () => undefined };

async function result(name: string, drawn: number): Promise<RunResult> {
  const exporter = await openExporter(name, {
    ...{ root, version: '0', schemas: loadSchemas(root), limits: LIMITS, isTimed: false, env: [] },
  });
  const delegate = await openSubject('reference', root, '0');
  return runExporter(
    { exporter, delegate },
    { written: EXPORTERS, drawn, seed: 1 },
    new KnownExports([]),
    quiet,
  );
}

describe('the reference exporter', () => {
  it('does as it has to in every case', async () => {
    const { verdicts, findings } = await result('reference', 100);
    expect(findings).toEqual([]);
    expect(verdicts.pass).toBe(EXPORTERS.length + 100);
  });
});

describe('an exporter that errs on purpose', () => {
  it.each(Object.entries(WRONG_EXPORTS))(
    '%s is found on its clause, as one finding',
    async (name, { clause }) => {
      const { findings } = await result(`reference:${name}`, 0);
      expect(findings.map((finding) => finding.clause)).toEqual([clause]);
      const [finding] = findings;
      expect(finding?.case.kind).not.toBe('generated');
      expect(finding?.differences.length).toBeGreaterThan(0);
      expect(finding?.exported?.case.id).toBe(finding?.case.id);
    },
  );
});
