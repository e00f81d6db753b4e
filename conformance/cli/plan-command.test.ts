import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeBlob, encodePlan, scriptedPlan, writeProgram, type Plan } from '../../reference/index.js';
import { nativeBuild } from '../native-home.js';
import { suiteRoot } from '../suite-root.js';
import { capturedMain as cli } from './captured-main.js';

const root = suiteRoot();
const MIB = 2n ** 20n;
let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plan-'));
  file = join(folder, 'a.pte');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/**
 * The data of a modelled engine with so many MiB of weights, 20 of scratch and 5 of activations.
 */
function engine(mebibytes: bigint, more: Partial<Plan> = {}, device = 0): Uint8Array {
  const sizes = { streamable: mebibytes * MIB, scratch: 20n * MIB, activations: 5n * MIB };
  const plan = encodePlan(scriptedPlan({ kind: 'modelled', ...sizes, ...more }));
  return encodeBlob({ metadata: { device_id: device }, engine: plan });
}

function program(methods: Readonly<Record<string, readonly Uint8Array[]>>): void {
  const delegate = (data: Uint8Array) => ({
    ...{ backend: 'TensorRTBackend', placement: 'segment' as const, data, compileSpecs: [] },
  });
  const given = Object.entries(methods).map(([name, datas]) => ({ name, delegates: datas.map(delegate) }));
  writeFileSync(file, writeProgram({ methods: given }));
}

const plan = (...args: readonly string[]): ReturnType<typeof cli> => cli('plan', file, ...args);

/** The plan as JSON. */
async function planned(...args: readonly string[]): Promise<unknown> {
  return JSON.parse((await plan(...args, '--json')).out) as unknown;
}

describe('plan', () => {
  it('says the largest budget for all, and the best one for each', async () => {
    program({ forward: [engine(100n), engine(60n)] });
    const { code, out, err } = await plan(
      '--device-memory',
      '150MiB',
      '--reserve',
      '10MiB',
      '--bandwidth',
      '1MiB/s',
    );
    expect([code, err]).toEqual([0, '']);
    // 2 engines need 2 (5 + 10) MiB, and each that streams 20: 70 are left for two, 90 for one.
    expect(out).toContain('bytes free, 10,485,760 of them left free\n');
    expect(out).toContain('\nSizes in bytes, as told by scripted plans.\n');
    expect(out).toContain('The largest budget for all engines alike: 36,700,160\n');
    expect(out).toContain('146,800,640 bytes needed, 94,371,840 streamed a run, 90.0 s\n');
    expect(out).toContain('A budget for each engine:\n');
    expect(out).toContain('  forward/0  31,457,280  ██████░░░░░░░░░░░░░░  73,400,320 streamed\n');
    expect(out).toContain('  forward/1  62,914,560  ████████████████████  resident\n');
    expect(out).toContain('146,800,640 bytes needed, 73,400,320 streamed a run, 70.0 s\n');
    expect(out).toContain('Streaming: 1,048,576 bytes a second, from --bandwidth.\n');
  });

  it('gives a command that makes the program load on such a device, as planned', async () => {
    program({ forward: [engine(100n), engine(60n)] });
    const { out } = await plan('--device-memory', '150MiB', '--reserve', '10MiB');
    const [, command = ''] = /^ {2}npx trt-conformance (set-budget .* --engine .*)$/m.exec(out) ?? [];
    const small = join(folder, 'small.pte');
    expect((await cli(...command.replace(/ FILE$/, ` ${small}`).split(' '))).code).toBe(0);
    const run = await cli(
      'run',
      '--program',
      small,
      '--subject',
      'native',
      '--free-memory',
      String(140n * MIB),
    );
    expect(run.out).toMatch(
      /\nsubject\n[^]*engine 0: 31457280 from [^]*engine 1: 62914560 from [^]*They agree\.\n$/,
    );
  });

  it('says the same as JSON, with every budget that fits', async () => {
    program({ forward: [engine(100n)] });
    const ended = { device: { room: String(115n * MIB) }, unknown: [] };
    expect(await planned('--device-memory', '115MiB', '--bandwidth', '1GB')).toMatchObject({
      ...ended,
      plan: {
        ...{ fits: true, leastNeed: String(35n * MIB), residentNeed: String(115n * MIB) },
        largest: {
          budget: String(100n * MIB),
          streamed: '0',
          engines: [{ engine: 'forward/0', resident: true }],
        },
        fitting: [
          { from: '0', to: String(80n * MIB) },
          { from: String(100n * MIB), to: null },
        ],
      },
    });
    expect((await plan('--device-memory', '115MiB')).out).toContain(
      '  Not all smaller ones fit, but these: 0 to 83,886,080, 104,857,600 and more\n',
    );
  });

  it('judges a budget, or a share of each engine', async () => {
    program({ forward: [engine(100n), engine(60n)] });
    const half = await plan('--device-memory', '150MiB', '--budget', '50%');
    expect(half.code).toBe(0);
    expect(half.out).toContain(
      'The budget that was asked about fits.\n  forward/0  52,428,800  ██████████░░',
    );
    const all = await plan('--device-memory', '150MiB', '--budget', '59MiB');
    expect(all.code).toBe(1);
    expect(all.out).toContain(
      'The budget that was asked about does not fit: 39,845,888 bytes more are needed.\n',
    );
  });

  it('ends with 1 where not even everything streamed fits', async () => {
    program({ forward: [engine(100n)] });
    const { code, out } = await plan('--device-memory', '34MiB');
    expect(code).toBe(1);
    expect(out).toContain(
      'Not even with everything streamed do they fit: 1,048,576 bytes more are needed.\n',
    );
    expect(await planned('--device-memory', '1GiB', '--reserve', '100%')).toMatchObject({
      plan: { fits: false },
    });
  });

  it('counts how often an engine runs, of the methods that are loaded', async () => {
    program({ decode: [engine(60n)], prefill: [engine(100n)], other: [engine(999n)] });
    const methods = ['--method', 'decode', '--method', 'prefill'];
    const best = { resident: true, streamed: '0' };
    expect(await planned('--device-memory', '160MiB', ...methods, '--runs', 'decode=256')).toMatchObject({
      plan: {
        each: {
          engines: [
            { engine: 'decode/0', ...best },
            { engine: 'prefill/0', resident: false },
          ],
        },
      },
    });
    expect(await planned('--device-memory', '160MiB', ...methods, '--runs', 'prefill/0=9')).toMatchObject({
      plan: {
        each: {
          engines: [
            { engine: 'decode/0', resident: false },
            { engine: 'prefill/0', ...best },
          ],
        },
      },
    });
  });

  it('asks for the device where there are engines on several', async () => {
    program({ forward: [engine(100n), engine(60n, {}, 1)] });
    const { code, err } = await plan('--device-memory', '1GiB');
    expect(code).toBe(2);
    expect(err).toBe(
      'error: The engines are on the devices 0, 1. Plan one at a time, such as with --device 0.\n',
    );
    expect((await plan('--device-memory', '1GiB', '--device', '1')).out).toMatch(/\nforward\/1 +62,914,560/);
    expect((await plan('--device-memory', '1GiB', '--device', '2')).err).toContain(
      'no engines of TensorRT on device 2',
    );
  });

  it('says what to do about engines that nobody knows', async () => {
    const unknown = encodeBlob({ engine: Buffer.from('no plan at all') });
    program({ forward: [engine(100n), unknown] });
    const { code, out } = await plan('--device-memory', '1GiB');
    expect(code).toBe(5);
    expect(out).toContain('Nothing can be planned: what is needed is not known here of forward/1.');
    expect(out).toContain(
      `  npx trt-conformance plan ${file} --device-memory SIZE --tensorrt DIR --write-engine-facts FILE\n`,
    );
    expect(await planned('--device-memory', '1GiB')).toMatchObject({ unknown: ['forward/1'], plan: null });
  });

  it('knows the plans that were recorded', async () => {
    const golden = join(root, 'golden/exporter/two_engines_budget_8192.pte');
    const { code, out } = await cli('plan', golden, '--device-memory', '64MiB');
    expect(code).toBe(0);
    expect(out).toMatch(/\nforward\/0 +16,384 +16,384 +512 +"8192"\n/);
    expect(out).toContain(
      'from 16x16384b1 on NVIDIA H200, TensorRT 10.6.0 (golden/recorded/h200/large-sweep.jsonl).\n',
    );
    expect(out).toContain('No budgets that differ from engine to engine stream less.\n');
  });

  it('asks TensorRT, writes what it says, and reads that where there is none', async () => {
    program({ forward: [engine(100n)] });
    const facts = join(folder, 'facts.json');
    const args = ['--device-memory', '100MiB'];
    const asked = await plan(...args, '--tensorrt', nativeBuild(root), '--write-engine-facts', facts);
    expect([asked.code, asked.err]).toEqual([0, 'Asking TensorRT about forward/0.\n']);
    expect(JSON.parse(readFileSync(facts, 'utf8'))).toMatchObject({
      ...{ version: 1, simulated: true },
      engines: [
        {
          engine: 'forward/0',
          streamable: String(100n * MIB),
          scratch: String(20n * MIB),
          activations: String(5n * MIB),
        },
      ],
    });
    // The plan that was asked about, in place of one that is not known.
    const known = JSON.parse(readFileSync(facts, 'utf8')) as { engines: object[] };
    const blob = encodeBlob({ engine: Buffer.from('no plan at all') });
    program({ forward: [blob] });
    const sample = '0'.repeat(64);
    writeFileSync(facts, JSON.stringify({ ...known, engines: [{ ...known.engines[0], size: 14, sample }] }));
    expect((await plan(...args, '--engine-facts', facts)).code).toBe(5);
    const { createHash } = await import('node:crypto');
    const own = createHash('sha256').update('no plan at all').digest('hex');
    writeFileSync(
      facts,
      JSON.stringify({ ...known, engines: [{ ...known.engines[0], size: 14, sample: own }] }),
    );
    const later = await plan(...args, '--engine-facts', facts);
    expect(later.out).toContain('The largest budget: 68,157,440\n');
    expect(later.out).toMatch(/\nSizes in bytes, as told by TensorRT \d+\.\d+\.\d+, simulated\.\n/);
    const share = await cli('set-budget', file, '--all', '50%', '--engine-facts', facts, '--in-place');
    expect(share.out).toContain('automatic -> 52,428,800 (104,857,600 streamable)\n');
  });

  it('draws what is resident', async () => {
    program({ forward: [engine(100n), engine(60n)] });
    const svg = join(folder, 'plan.svg');
    expect((await plan('--device-memory', '150MiB', '--svg', svg)).code).toBe(0);
    const drawn = readFileSync(svg, 'utf8');
    for (const text of ['forward/0', 'forward/1', 'one for all', 'one for each', 'resident', 'streamed'])
      expect(drawn).toContain(`>${text}</text>`);
  });

  it.each([
    [[], "error: required option '--device-memory <bytes>' not specified"],
    [['--device-memory', '50%'], 'Give bytes: nobody knows here of what it is a share.'],
    [['--device-memory', '8G'], 'G can mean GB or GiB.'],
    [
      ['--device-memory', '1GiB', '--runs', 'nothing=2'],
      'error: --runs names "nothing", which is no method or engine that is planned.\n',
    ],
    [
      ['--device-memory', '1GiB', '--runs', 'forward'],
      'Give a method or an engine, and a count, such as decode=256.',
    ],
    [
      ['--device-memory', '1GiB', '--method', 'nothing'],
      'error: There is no method "nothing". There are: "forward".\n',
    ],
    [['--device-memory', '1GiB', '--bandwidth', '0'], 'Give more than 0.'],
    [['--device-memory', '1GiB', '--bandwidth', '1GB', '--sweep', 'x'], 'cannot be used with option'],
    [
      ['--device-memory', '1GiB', '--write-engine-facts', 'x'],
      'error: --write-engine-facts writes what TensorRT says: give --tensorrt its folder, too.\n',
    ],
    [
      ['--device-memory', '1GiB', '--engine-facts', 'x', '--tensorrt', 'y'],
      'error: Give --tensorrt or --engine-facts, not both.\n',
    ],
    [
      ['--device-memory', '1GiB', '--engine-facts', '/nowhere/x'],
      'error: The engine facts in /nowhere/x cannot be read (ENOENT).',
    ],
    [['--device-memory', '1GiB', '--engine-facts', '/dev/null'], 'is not a plain file'],
  ])('refuses %j', async (args, message) => {
    program({ forward: [engine(1n)] });
    const { code, out, err } = await plan(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(readdirSync(folder)).toEqual(['a.pte']);
  });

  it('refuses facts, sweeps and programs that are none', async () => {
    program({ forward: [engine(1n)] });
    const wrong = join(folder, 'wrong.json');
    writeFileSync(wrong, '{"version": 2}');
    const facts = await plan('--device-memory', '1GiB', '--engine-facts', wrong);
    expect([facts.code, facts.err]).toEqual([
      2,
      expect.stringContaining('wrong.json breaks the schema engine-facts: '),
    ]);
    const sweep = await plan('--device-memory', '1GiB', '--sweep', wrong);
    expect([sweep.code, sweep.err]).toEqual([
      4,
      expect.stringContaining('line 1, is not a record of a sweep'),
    ]);
    writeFileSync(wrong, '{"record":"end","attempts":0,"crashes":0,"cut":false}\n');
    const empty = await plan('--device-memory', '1GiB', '--sweep', wrong);
    expect([empty.code, empty.err]).toEqual([2, expect.stringContaining('Give --bandwidth.')]);
    writeFileSync(file, 'nothing');
    expect((await plan('--device-memory', '1GiB')).err).toContain('is not a program that ExecuTorch loads: ');
    program({ forward: [] });
    expect((await plan('--device-memory', '1GiB')).err).toBe(
      'error: There are no engines of TensorRT to be planned.\n',
    );
  });
});
