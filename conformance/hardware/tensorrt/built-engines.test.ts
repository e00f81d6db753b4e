import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { builtEngines } from './built-engines.js';
import { MIDDLE } from './engine-kind.js';

const scratch = mkdtempSync(join(tmpdir(), 'wsb-engines-'));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

/**
 * Stands for native/engine-builder: what it writes as a plan says how often it was started in the
 * folder.
 */
const builder = join(scratch, 'builder.sh');
writeFileSync(
  builder,
  `#!/bin/sh
while [ "$1" != --output ]; do shift; done
echo x >> "$2.starts"
{ echo plan; cat "$2.starts"; } > "$2"
echo '{"streamable":"8388864"}'
`,
);
chmodSync(builder, 0o755);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(scratch, 'kept '));
});
const starts = (): number => readFileSync(join(folder, `${MIDDLE.name}.plan.starts`), 'utf8').length / 2;
const make = async (machine: string): Promise<string> => {
  const [engine] = await builtEngines(folder, builder, '/opt/tensorrt', machine).build([MIDDLE]);
  expect(engine).toMatchObject({ streamable: 8_388_864n, file: join(folder, `${MIDDLE.name}.plan`) });
  return new TextDecoder().decode(engine?.plan.read(0, engine.plan.size));
};

describe('builtEngines', () => {
  it('takes an engine again that was made for the same machine', async () => {
    const first = await make('TensorRT 10.6.0, compute 9.0');
    expect(await make('TensorRT 10.6.0, compute 9.0')).toBe(first);
    expect(starts()).toBe(1);
  });

  it('makes it anew for another machine', async () => {
    await make('TensorRT 10.6.0, compute 9.0');
    await make('TensorRT 10.15.1, compute 9.0');
    await make('TensorRT 10.6.0, compute 9.0');
    expect(starts()).toBe(3);
  });

  it.each([
    ['a plan without a receipt, as a rehearsal leaves it', 'json', null],
    ['another plan than the receipt is of', 'plan', 'simulated'],
    ['half of a receipt', 'json', '{"made":"4 lay'],
  ])('does not take %s', async (_, ending, content) => {
    await make('this machine');
    const file = join(folder, `${MIDDLE.name}.${ending}`);
    if (content === null) rmSync(file);
    else writeFileSync(file, content);
    expect(await make('this machine')).toMatch(/^plan/);
    expect(starts()).toBe(2);
  });
});
