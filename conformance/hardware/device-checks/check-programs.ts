import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeBlob, writeProgram } from '../../../reference/index.js';
import type { BuiltEngine } from '../tensorrt/engine-set.js';
import { tensorsOf } from '../tensorrt/map-case.js';

/**
 * Writes a program of one method whose delegates all hold that engine, without a budget; gives its
 * file.
 */
export function checkProgram(folder: string, { kind, plan }: BuiltEngine, engines: 1 | 2): string {
  const delegate = {
    backend: 'TensorRTBackend',
    placement: 'segment',
    data: encodeBlob({ engine: plan }),
    compileSpecs: [],
    tensors: tensorsOf(kind),
  } as const;
  const file = join(folder, `${kind.name}-x${engines}.pte`);
  const delegates = Array.from({ length: engines }, () => delegate);
  writeFileSync(file, writeProgram({ methods: [{ name: 'forward', delegates }] }));
  return file;
}
