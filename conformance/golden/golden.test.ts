import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ALL_CASES } from '../cases/all-cases.js';
import { loadSchemas } from '../spec/schemas.js';
import { policyOracles } from '../oracle/oracle.js';
import { recordedPlanLookup } from '../oracle/recorded-plans.js';
import { suiteRoot } from '../suite-root.js';
import { checkGolden } from './check-golden.js';
import { goldenCases, readManifest } from './golden-cases.js';
import { FLAGS, type Flags } from './manifest.js';
import { recordedCases } from './recorded-cases.js';
import { loadRecordedPlans } from '../oracle/recorded.js';
import { writeGolden } from './write-golden.js';

const root = suiteRoot();
const schemas = loadSchemas(root);
const oracles = policyOracles(recordedPlanLookup(loadRecordedPlans(root, schemas)));

const copy = mkdtempSync(join(tmpdir(), 'golden-'));
cpSync(join(root, 'golden'), join(copy, 'golden'), { recursive: true });
symlinkSync(join(root, 'spec'), join(copy, 'spec'));

afterAll(() => {
  rmSync(copy, { recursive: true });
});

describe('golden/', () => {
  it('is in order, and writing it anew changes nothing', () => {
    expect(checkGolden(root, schemas, oracles)).toEqual([]);
    const before = readFileSync(join(root, 'golden/manifest.json'));
    writeGolden(copy, schemas, oracles);
    expect(readFileSync(join(copy, 'golden/manifest.json')).equals(before)).toBe(true);
    expect(checkGolden(copy, schemas, oracles)).toEqual([]);
  });

  it('has at least 300 programs of our own, and those of the exporter', () => {
    const { programs } = readManifest(root, schemas);
    expect(programs.filter(({ origin }) => origin === 'written').length).toBeGreaterThanOrEqual(300);
    expect(programs.filter(({ tier }) => tier === 'recorded')).toHaveLength(5);
    expect(goldenCases(root, schemas).length).toBeGreaterThanOrEqual(ALL_CASES.length);
  });

  it('has a flag for each clause of the cases', () => {
    const flags = schemas.parse('golden-flags', readFileSync(join(root, FLAGS), 'utf8'), FLAGS) as Flags;
    const flagged = new Set(Object.values(flags).flatMap(({ clauses }) => clauses));
    const without = ALL_CASES.flatMap(({ clauses }) => clauses).filter((clause) => !flagged.has(clause));
    expect([...new Set(without)]).toEqual([]);
  });

  it('shows what was changed by hand', () => {
    const [program] = readManifest(copy, schemas).programs.filter(({ origin }) => origin === 'written');
    const file = join(copy, 'golden', program?.file ?? '');
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(1));
    writeFileSync(join(copy, 'golden/programs/stray.pte'), 'x');
    expect(checkGolden(copy, schemas, oracles)).toEqual([
      `golden/${program?.file} has ${bytes.length - 1} bytes, not ${bytes.length}`,
      `golden/${program?.file} has a different sha256 from its manifest or its case`,
      'golden/programs/stray.pte is not in the manifest',
    ]);
    writeFileSync(file, bytes);
    rmSync(join(copy, 'golden/programs/stray.pte'));

    const manifest = join(copy, 'golden/manifest.json');
    const text = readFileSync(manifest, 'utf8');
    writeFileSync(manifest, text.replace('"applied":"5"', '"applied":"6"'));
    const faults = checkGolden(copy, schemas, oracles);
    expect(faults[0]).toMatch(/^the stored outcome of golden\/WSB-.* differs from the reference$/);
    expect(faults[1]).toMatch(/^golden\/manifest\.json disagrees with the case and the reference about WSB-/);
    writeFileSync(manifest, text);
  });

  it('keeps as a regression what no case makes any more', () => {
    const manifest = join(copy, 'golden/manifest.json');
    const text = readFileSync(manifest, 'utf8');
    const [program] = readManifest(copy, schemas).programs.filter(({ origin }) => origin === 'written');
    const name = program?.file ?? '';
    cpSync(join(copy, 'golden', name), join(copy, 'golden/programs/old.pte'));
    // Moved alone it is the same program, and has to stand there once.
    writeFileSync(manifest, text.replace(name, 'programs/old.pte'));
    expect(checkGolden(copy, schemas, oracles)).toContain('golden/programs/old.pte is not in the manifest');
    const [load] = program?.loads ?? [];
    const renamed = JSON.stringify(load?.id);
    writeFileSync(
      manifest,
      text.replace(name, 'programs/old.pte').replace(`{"id":${renamed}`, '{"id":"old"'),
    );
    writeGolden(copy, schemas, oracles);
    const kept = readManifest(copy, schemas).programs.find(({ file }) => file === 'programs/old.pte');
    expect(kept).toMatchObject({ origin: 'regression', sha256: program?.sha256, loads: [{ id: 'old' }] });
    expect(checkGolden(copy, schemas, oracles)).toEqual([]);
  });
});

describe('recordedCases', () => {
  const cases = recordedCases(root, schemas, oracles.upstream);

  it('are one for each load of upstream, and the reference agrees but for the rulings', () => {
    expect(cases).toHaveLength(28);
    const ruled = cases.filter(({ expected }) => expected === null);
    expect(ruled.map(({ case: { clauses } }) => clauses)).toEqual([['WSB-PARSE-03']]);
    expect(new Set(cases.map(({ case: { id } }) => id)).size).toBe(28);
  });
});
