import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadRecordings } from '../hardware/recordings/recording-files.js';
import { loadSchemas } from '../spec/schemas.js';
import { loadRecordedPlans } from './recorded.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const schemas = loadSchemas(ROOT);
const recorded = loadRecordedPlans(ROOT, schemas);

describe('the recorded plans', () => {
  const plans = new Map(recorded.map(({ sha256, plan }) => [sha256, plan]));

  it('have their own sums', () => {
    expect(plans.size).toBe(4);
  });

  it.each(recorded)(
    'stand for the engine $name of the recording, with its facts',
    ({ name, sha256, plan }) => {
      const file = loadRecordings(ROOT, schemas).find(
        ({ name: each }) => each === 'tensorrt-10.6-h100.jsonl',
      );
      const engine = file?.recording.engines.get(name);
      expect(plan.kind).toBe('modelled');
      expect(engine).toMatchObject({
        sha256,
        streamable: String(plan.streamable),
        scratch: String(plan.scratch),
        activations: String(plan.activations),
      });
    },
  );

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
