import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../reference/plan/plan.js';
import { loadSchemas } from '../spec/schemas.js';
import {
  loadRecordedEngines,
  loadRecordedPlans,
  type RecordedAnswer,
  type RecordedState,
} from './recorded.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const schemas = loadSchemas(ROOT);
const engines = loadRecordedEngines(ROOT, schemas);

/** `getWeightStreamingAutomaticBudget` as spec/scripted-plan.md has it for a modelled engine. */
function automaticBudget({ streamable, activations }: Plan, free: bigint): bigint {
  if (streamable === 0n) return -1n;
  const budget = free - 4n * activations;
  if (budget < 0n) return 0n;
  return budget < streamable ? budget : streamable;
}

/** The answer to a set as spec/scripted-plan.md has it; `free` is null where memory was plenty. */
function acceptsSet({ streamable }: Plan, { set, context }: RecordedAnswer, free: bigint | null): boolean {
  if (streamable === 0n || set < 0n || context) return false;
  return set < streamable || free === null || free >= streamable;
}

/** Memory that the engine could have had for its weights at that call: what is free, and what they hold already. */
function freeForWeights({ streamable }: Plan, { freeAfter, budget }: RecordedAnswer): bigint | null {
  return freeAfter === null ? null : freeAfter + (budget === streamable ? streamable : 0n);
}

describe.each(engines)('the recording of $name', ({ plan, states, answers }) => {
  it('has a modelled engine with the measured sizes', () => {
    expect(plan.kind).toBe('modelled');
    for (const state of states) {
      expect(state).toMatchObject({
        streamable: plan.streamable,
        activations: plan.activations,
        scratch: 0n,
      });
    }
  });

  it.each(states)(
    'asks for an automatic budget of $automatic with $free bytes free',
    (state: RecordedState) => {
      expect(automaticBudget(plan, state.free)).toBe(state.automatic);
      expect(state.budget).toBe(plan.streamable === 0n ? -1n : plan.streamable);
    },
  );

  it.each(answers)(
    'answers $ok to set($set), context alive: $context, free: $freeAfter',
    (answer: RecordedAnswer) => {
      expect(acceptsSet(plan, answer, freeForWeights(plan, answer))).toBe(answer.ok);
      if (answer.ok) expect(answer.budget).toBe(answer.set < plan.streamable ? answer.set : plan.streamable);
      expect(answer.scratch).toBe(
        answer.budget < plan.streamable ? (answer.budget < 0n ? 0n : plan.scratch) : 0n,
      );
    },
  );
});

describe('the recorded plans', () => {
  const plans = new Map(loadRecordedPlans(ROOT, schemas).map(({ sha256, plan }) => [sha256, plan]));

  it('have their own sums', () => {
    expect(plans.size).toBe(4);
  });

  const exporter = join(ROOT, 'golden', 'exporter');
  const programs = readdirSync(exporter).filter((file) => file.endsWith('.pte'));

  it('are looked for in all programs of the exporter', () => {
    expect(programs).toHaveLength(5);
  });

  it.each(programs)('include the plans in %s, with its bindings', (file) => {
    const bytes = readFileSync(join(exporter, file));
    const blobs = findBlobs(bytes);
    expect(blobs.length).toBeGreaterThan(0);
    for (const { metadata, engine } of blobs) {
      const plan = plans.get(createHash('sha256').update(engine).digest('hex'));
      expect(metadata).toMatchObject({
        io_bindings: plan?.bindings.map(({ name, mode, shape }) => ({
          name,
          dtype: 'float16',
          shape: shape.map(Number),
          is_input: mode === 'input',
        })),
      });
    }
  });
});

/** The engine blobs in a program, found by their magic: independent of the reader of programs. */
function findBlobs(bytes: Buffer): readonly { readonly metadata: unknown; readonly engine: Buffer }[] {
  const blobs = [];
  for (let at = bytes.indexOf('TR01'); at >= 0; at = bytes.indexOf('TR01', at + 1)) {
    const metadataAt = at + bytes.readUInt32LE(at + 4);
    const engineAt = at + bytes.readUInt32LE(at + 12);
    blobs.push({
      metadata: JSON.parse(
        bytes.toString('utf8', metadataAt, metadataAt + bytes.readUInt32LE(at + 8)),
      ) as unknown,
      engine: bytes.subarray(engineAt, engineAt + Number(bytes.readBigUInt64LE(at + 16))),
    });
  }
  return blobs;
}
