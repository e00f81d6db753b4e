import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadClauses } from '../spec/load-clauses.js';
import { suiteRoot } from '../suite-root.js';
import { capturedMain as cli } from './captured-main.js';

const root = suiteRoot();
const folder = mkdtempSync(join(tmpdir(), 'explain-several-'));
const golden = (name: string): string => join(root, 'golden/exporter', name);
mkdirSync(join(folder, 'deep/er'), { recursive: true });
mkdirSync(join(folder, 'none'));
copyFileSync(golden('one_engine_budget_8192.pte'), join(folder, 'b.pte'));
copyFileSync(golden('one_engine_automatic.pte'), join(folder, 'deep/er/a #1.pte'));
writeFileSync(join(folder, 'deep/broken.pte'), 'no program');
writeFileSync(join(folder, 'deep/notes.txt'), 'no program either');
symlinkSync('.', join(folder, 'deep/again'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Sarif {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly artifacts: readonly object[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string; readonly index: number };
        };
        readonly logicalLocations?: readonly { readonly fullyQualifiedName: string }[];
      }[];
    }[];
  }[];
}

describe('explain of several programs', () => {
  it('explains each program of a folder once, and ends with 1 where one has an error', async () => {
    const { code, out } = await cli('explain', folder, join(folder, 'b.pte'));
    expect(code).toBe(1);
    const told = ['b.pte', 'deep/broken.pte', 'deep/er/a #1.pte'].map((name) => join(folder, name));
    for (const file of told) expect(out.split(file)).toHaveLength(2);
    expect(out).toContain('broken.pte is not a program that ExecuTorch loads');
    expect(out).toMatch(/\n3 programs, 1 with an error\n$/);
  });

  it('ends with 0 where none has', async () => {
    const { code, out } = await cli('explain', join(folder, 'b.pte'), join(folder, 'deep/er'));
    expect(code).toBe(0);
    expect(out).toMatch(/\n2 programs, none with an error\n$/);
  });

  it('gives a list in JSON, of one program the object alone', async () => {
    const list = JSON.parse((await cli('explain', folder, '--json')).out) as readonly { file: string }[];
    expect(list.map(({ file }) => file)).toEqual(
      ['b.pte', 'deep/broken.pte', 'deep/er/a #1.pte'].map((name) => join(folder, name)),
    );
    const one = JSON.parse((await cli('explain', join(folder, 'b.pte'), '--json')).out) as object;
    expect(one).toEqual(list[0]);
  });

  it('gives what it finds as SARIF, with the clauses as rules', async () => {
    const { code, out } = await cli('explain', folder, '--sarif', '--option', 'weight_streaming_budget=+7');
    expect(code).toBe(1);
    const { version, runs } = JSON.parse(out) as Sarif;
    expect(version).toBe('2.1.0');
    const [run] = runs;
    expect(run?.artifacts).toHaveLength(3);
    const ids = run?.tool.driver.rules.map(({ id }) => id) ?? [];
    const known: readonly string[] = loadClauses(root).map(({ id }) => id);
    expect(ids.filter((id) => id !== 'note' && !known.includes(id))).toEqual([]);
    for (const { ruleId, ruleIndex } of run?.results ?? []) expect(ids[ruleIndex]).toBe(ruleId);
    const of = (name: string) =>
      run?.results.filter(({ locations }) =>
        locations[0]?.physicalLocation.artifactLocation.uri.endsWith(name),
      ) ?? [];
    expect(of('/deep/broken.pte')).toEqual([
      expect.objectContaining({ ruleId: 'WSB-PROG-01', level: 'error' }),
    ]);
    const [malformed] = of('/b.pte').filter(({ ruleId }) => ruleId === 'WSB-PARSE-03');
    expect(malformed).toMatchObject({
      level: 'error',
      message: { text: expect.stringMatching(/^forward\/delegate 0: .*"\+7"/) as string },
      locations: [{ logicalLocations: [{ fullyQualifiedName: 'forward/delegate 0' }] }],
    });
    expect(of('/deep/er/a%20%231.pte').length).toBeGreaterThan(0);
  });

  it.each<[readonly string[], RegExp]>([
    [[join(folder, 'none')], /There is no program \(\.pte\) below /],
    [[folder, join(folder, 'missing.pte')], /missing\.pte" cannot be read \(ENOENT\)/],
    [[folder, '--sarif', '--json'], /cannot be used with/],
  ])('refuses %j', async (argv, message) => {
    const { code, err } = await cli('explain', ...argv);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});
