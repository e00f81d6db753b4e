import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemorySource, readProgram, runReference, type ProgramFile } from '../../reference/index.js';
import { patchBudgets, patchedProgram, type BudgetEdit } from '../../reference/program/patch-budgets.js';
import { UnpatchableError } from '../../reference/program/unpatchable-error.js';
import type { LoadRequest } from '../../reference/request/load-request.js';
import { filesBelow } from '../files/files-below.js';
import { caseArbitrary } from '../generators/case-arbitrary.js';
import { caseRequest } from '../generators/case-request.js';
import { buildProgram } from '../model/build-request.js';
import { suiteRoot } from '../suite-root.js';
import { checkPatched } from './check-patched.js';
import { NoProgramError, programEngines, type ProgramEngine } from './program-engines.js';

const root = suiteRoot();

function opened(source: Parameters<typeof readProgram>[0]): ProgramFile {
  const read = readProgram(source);
  if (!read.ok) throw new Error(read.fault.message);
  return read.program;
}

/** The engines of a program; none of what is no program. */
function enginesOf(bytes: Uint8Array): readonly ProgramEngine[] {
  try {
    return programEngines(new MemorySource(bytes), { recorded: () => null }).engines;
  } catch (error) {
    if (error instanceof NoProgramError) return [];
    throw error;
  }
}

/** Gives the engines other budgets, and checks what comes back; null where that is refused. */
function patchedAndChecked(bytes: Uint8Array, edits: readonly BudgetEdit[]): Uint8Array | null {
  try {
    const patch = patchBudgets(bytes, edits);
    const file = patchedProgram(bytes, patch).read(0, patch.size);
    checkPatched(opened(bytes), opened(file), edits, patch);
    return file;
  } catch (error) {
    if (error instanceof UnpatchableError) return null;
    throw error;
  }
}

/** The budgets that a load of each method applies, without options. */
function applied(program: Uint8Array): unknown {
  const methods = [...new Set(opened(program).methods.map(({ name }) => name))].slice(0, 100);
  const request: LoadRequest = {
    program,
    verification: 'internal-consistency',
    device: { totalBytes: 2n ** 40n, freeBytes: 2n ** 40n, faults: [] },
    module: null,
    steps: methods.map((method) => ({ op: 'load', method, options: null })),
  };
  return runReference(request).engines.map(({ source, applied: budget }) => [source, budget]);
}

describe('the programs in golden/', () => {
  const programs = filesBelow(join(root, 'golden'), '.pte').map(
    (file) => [file, readFileSync(file)] as const,
  );

  it('are all changed, and are as they were but for the budgets', () => {
    const refused = new Map<string, number>();
    let engines = 0;
    for (const [file, bytes] of programs) {
      const found = enginesOf(bytes).filter(({ budgets }) => budgets !== null);
      engines += found.length;
      const edits = found.map(({ method, delegate }, at) => ({
        method,
        delegate,
        budget: BigInt(1000 + at),
      }));
      if (patchedAndChecked(bytes, edits) === null && found.length > 0)
        refused.set(file.slice(root.length), found.length);
    }
    // Those with segments that are not in the file, or said not to be.
    expect([...refused.keys()].filter((name) => !/\/prog-(07|13)-/.test(name))).toEqual([]);
    expect(refused.size).toBe(5);
    expect(engines).toBeGreaterThan(300);
  });

  it('of the exporter load with these budgets, and as before once they are removed', () => {
    for (const [file, bytes] of programs.filter(([name]) => /exporter\/[^/]+$/.test(name))) {
      const found = enginesOf(bytes);
      const all = (budget: bigint | null): BudgetEdit[] =>
        found.map(({ method, delegate }) => ({ method, delegate, budget }));
      const none = patchedAndChecked(bytes, all(null)) ?? new Uint8Array();
      const zero = patchedAndChecked(none, all(0n)) ?? new Uint8Array();
      const back = patchedAndChecked(zero, all(null)) ?? new Uint8Array();
      expect([file, applied(back)]).toEqual([file, applied(none)]);
    }
  });
});

describe('the programs that generators draw', () => {
  it('are changed, or refused, and never changed otherwise', () => {
    let changed = 0;
    fc.assert(
      fc.property(caseArbitrary(), fc.bigInt(0n, 2n ** 63n - 1n), (drawn, budget) => {
        const bytes = buildProgram(caseRequest(drawn).program);
        const edits = enginesOf(bytes)
          .filter(({ budgets }) => budgets !== null)
          .map(({ method, delegate }) => ({ method, delegate, budget }));
        if (patchedAndChecked(bytes, edits) !== null) changed++;
      }),
      { numRuns: 300, seed: 1 },
    );
    expect(changed).toBeGreaterThan(200);
  });
});

describe('damaged programs', () => {
  const originals = ['two_engines_budget_8192', 'three_layers_256_budget_0_inline'].map((name) =>
    readFileSync(join(root, 'golden/exporter', `${name}.pte`)),
  );
  const damage = fc.record({
    original: fc.constantFrom(...originals),
    // Most of the flatbuffer, its header and the first segments.
    bytes: fc.array(fc.tuple(fc.nat(6000), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 6 }),
    cut: fc.option(fc.nat(40_000), { freq: 4 }),
  });

  it('are refused or changed as asked, and nothing else', () => {
    let changed = 0;
    fc.assert(
      fc.property(damage, ({ original, bytes, cut }) => {
        const program = Uint8Array.from(cut === null ? original : original.subarray(0, cut));
        for (const [at, byte] of bytes) if (at < program.length) program[at] = byte;
        const edits = enginesOf(program)
          .filter(({ budgets }) => budgets !== null)
          .map(({ method, delegate }) => ({ method, delegate, budget: 123_456_789n }));
        if (patchedAndChecked(program, edits) !== null && edits.length > 0) changed++;
      }),
      { numRuns: 1500, seed: 3 },
    );
    expect(changed).toBeGreaterThan(100);
  });
});
