import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

import { buildRequest } from '../../conformance/model/build-request.js';
import { ALL_CASES } from '../../conformance/cases/all-cases.js';
import { differences } from '../../conformance/model/differences.js';
import { loadRecordedPlans } from '../../conformance/oracle/recorded.js';
import { ByteWriter } from '../../conformance/wire/byte-writer.js';
import { decodeOutcomes } from '../../conformance/wire/decode-outcome.js';
import { encodeRequest } from '../../conformance/wire/encode-request.js';
import { loadSchemas } from '../../conformance/spec/schemas.js';
import { encodePlan, runReference, type LoadRequest, type Outcome } from '../../reference/index.js';
import { converse, frame, helloLine, type HelloOptions } from '../process/conversation.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const host = join(root, 'native/build/upstream/wsb-host-upstream');

/** The host of our own delegate, with its arguments. */
const OURS = [
  join(root, 'native/build/wsb-host'),
  '--delegate',
  join(root, 'native/build/libtensorrt_delegate.so'),
];

const BUDGETS = [
  null,
  '',
  '0',
  '1',
  '100',
  '8192',
  '16383',
  '16384',
  '16385',
  '9223372036854775807',
  '+1',
  '8192 ',
];

/** Loads a program, gives it a budget as an option, and executes it. */
function loadRequest(program: Uint8Array, budget: string | null): LoadRequest {
  const value = { type: 'string' as const, bytes: Buffer.from(budget ?? '') };
  const options = [{ key: 'weight_streaming_budget', value }];
  const map = [{ backend: 'TensorRTBackend', via: 'builder' as const, options }];
  return {
    program,
    verification: 'minimal',
    device: { totalBytes: 1n << 36n, freeBytes: 1n << 36n, faults: [] },
    module: null,
    steps: [
      { op: 'load', method: 'forward', options: budget === null ? null : map },
      { op: 'execute', method: 'forward' },
    ],
  };
}

/** Runs requests in one process; `plans` are frames that come first. */
async function run(
  requests: readonly LoadRequest[],
  plans: readonly Buffer[] = [],
  command = [host],
  hello: HelloOptions = {},
) {
  const writer = new ByteWriter();
  for (const request of requests) encodeRequest(writer, request);
  const batch = requests.length === 0 ? [] : [frame('R', 1, writer.take())];
  const [program = '', ...args] = command;
  const conversation = await converse(program, args, [helloLine(hello), ...plans, ...batch, frame('S')]);
  const records = conversation.frames.filter(({ kind }) => kind === 'r').map(({ payload }) => payload);
  return { ...conversation, outcomes: decodeOutcomes(Buffer.concat(records)) };
}

/** Where two outcomes differ; upstream does not tell where a budget came from. */
function paths(expected: Outcome | undefined, observed: Outcome | undefined): string[] {
  if (expected === undefined || observed === undefined) return ['no outcome'];
  return differences(expected, observed)
    .map(({ path }) => path)
    .filter((path) => !path.endsWith('.source'));
}

const find = (id: string): LoadRequest => {
  const found = ALL_CASES.find((each) => each.id === id);
  if (found === undefined) throw new Error(`There is no case ${id}`);
  return buildRequest(found.request);
};

// It takes a download: `node scripts/build.mjs --upstream` builds it.
describe.skipIf(!existsSync(host))('wsb-host-upstream', () => {
  it('tells what it is and what it can do', async () => {
    const { hello } = await run([]);
    expect(hello).toMatchObject({
      name: 'wsb-host-upstream',
      versions: { 'torch-tensorrt-executorch-runtime': '0.1.0', executorch: '1.4.1' },
      capabilities: { program: true, decision: false, verification: false, source: false, module: true },
    });
  });

  it("does as our delegate does with the exporter's programs, at every budget", async () => {
    const plans = loadRecordedPlans(root, loadSchemas(root)).map(({ sha256, plan }) =>
      frame('P', 0, Buffer.concat([Buffer.from(sha256, 'hex'), encodePlan(plan)])),
    );
    const folder = join(root, 'golden/exporter');
    const files = readdirSync(folder).filter((name) => name.endsWith('.pte'));
    expect(files.length).toBe(5);
    const requests = files.flatMap((file) =>
      BUDGETS.map((budget) => loadRequest(readFileSync(join(folder, file)), budget)),
    );
    // Upstream leaves automatic budgets to TensorRT.
    const ours = await run(requests, plans, [...OURS, '--policy', 'upstream']);
    const theirs = await run(requests, plans);
    expect(theirs.outcomes.length).toBe(files.length * BUDGETS.length);
    expect(theirs.outcomes.map((outcome, index) => paths(ours.outcomes[index], outcome))).toEqual(
      theirs.outcomes.map(() => []),
    );
  });

  it.each(['PARSE', 'OPT', 'PREC', 'APPLY', 'MULTI', 'METHOD', 'MEM'])(
    'does as the specification says in %s, but for what is known',
    async (area) => {
      const cases = ALL_CASES.filter(({ id }) => id.startsWith(`WSB-${area}-`));
      const requests = cases.map(({ request }) => buildRequest(request));
      const { outcomes, exitCode } = await run(requests);
      const expected = requests.map((request) => runReference(request));
      const differing = cases.filter(({ id }, index) => {
        const outcome = outcomes[index];
        const found = paths(expected[index], outcome);
        // A budget that TensorRT refused is not named in the log; `-0` is taken for 0.
        const isRejected = outcome?.steps.some(({ kind }) => kind === 'rejected') ?? false;
        const isLogOnly = isRejected && found.every((path) => path.endsWith('.warned'));
        return found.length > 0 && !isLogOnly && !/"-0+"/.test(id);
      });
      expect(differing.map(({ id }) => id)).toEqual([]);
      expect(exitCode).toBe(0);
    },
  );

  it('reads a size that wraps, beyond the end of the program', async () => {
    const { outcomes } = await run([find('WSB-BLOB-03/violation/blob=engineSize=18446744073709551615')]);
    expect(outcomes[0]?.violations).toEqual(['plan-out-of-bounds']);
  });

  it('dies of an inferred name with a huge index, and leaves behind which case it was', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wsb-upstream-'));
    const progress = join(folder, 'progress');
    writeFileSync(progress, Buffer.alloc(8));
    const good = loadRequest(readFileSync(join(root, 'golden/exporter/one_engine_automatic.pte')), '+1');
    const bad = find('WSB-BLOB-13/violation/bindings=[input "input_4000000000"[1,4]]');
    const { frames, signal } = await run([good, good, bad, good], [], [host], { progress });
    expect(signal).toBe('SIGABRT');
    expect(frames.map(({ kind, seq }) => `${kind}${seq}`)).toEqual(['b1']);
    expect(readFileSync(progress).readUInt32LE()).toBe(3);
    const each = await run([good, good, bad, good], [], [host], { flush: 'each' });
    expect(each.frames.map(({ kind, seq }) => `${kind}${seq}`)).toEqual(['b1', 'r1', 'b2', 'r2', 'b3']);
    rmSync(folder, { recursive: true });
  });
});

const DRIVER = `
#include <cstdio>
#include <cstdlib>
#include <string>
namespace wsb {
void Replace(std::string*, char*, size_t, const char*, size_t, size_t)
    __asm__("_ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE15_M_replace_coldEPcmPKcmm");
}
int main() {
  for (int n = 0; n < 200000; ++n) {
    std::string text;
    for (int size = std::rand() % 24; size > 0; --size) text += static_cast<char>('a' + std::rand() % 26);
    const size_t at = std::rand() % (text.size() + 1), old_size = std::rand() % (text.size() - at + 1);
    const size_t from = std::rand() % (text.size() + 1), size = std::rand() % (text.size() - from + 1);
    std::string expected = text.substr(0, at) + text.substr(from, size) + text.substr(at + old_size);
    std::string buffer = text + std::string(24, '.');
    wsb::Replace(&buffer, &buffer[at], old_size, &buffer[from], size, text.size() - at - old_size);
    buffer.resize(expected.size());
    if (buffer != expected) return std::printf("%s\\n", text.c_str()), 1;
  }
}
`;

describe('string_replace.cpp', () => {
  it('replaces as std::string does, where the parts overlap too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wsb-replace-'));
    writeFileSync(join(folder, 'driver.cpp'), DRIVER);
    const driver = join(folder, 'driver');
    await execa('g++', [
      '-std=c++17',
      '-O1',
      '-o',
      driver,
      `${driver}.cpp`,
      join(root, 'native/upstream/stubs/string_replace.cpp'),
    ]);
    expect((await execa(driver, { reject: false })).exitCode).toBe(0);
    rmSync(folder, { recursive: true });
  }, 60_000);
});
