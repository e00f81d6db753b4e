import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { CaseBlock } from '../bulk/flat/case-block.js';
import { openSubject } from '../subjects/open-subject.js';
import { suiteRoot } from '../suite-root.js';
import { benchText, type BenchReport } from './bench-report.js';
import { firstFailures } from './first-failures.js';
import { flatCost, SHORTEST_RUN } from './flat-cost.js';
import { installPeers } from './install-peers.js';
import { naiveBytes } from './naive-loop.js';
import { ownSetUps } from './own-set-ups.js';
import { peerSetUps } from './peer-set-ups.js';
import { measured } from './set-up.js';
import { startUps } from './start-up.js';
import { reachedTargets } from './targets.js';
import { readOrEnd, wholeNumberOption } from './whole-number-option.js';

/*
 * npm run bench: how fast cases run, as ratios of set-ups that do the same work in one run. All
 * rounds of all set-ups are interleaved, because the machine is never alone; read the ratios, not
 * the figures.
 *
 * --peers    beside Hypothesis, GoogleTest, libFuzzer and plain C++, which it installs
 * --json     the report as JSON in place of text
 * --rounds N rounds of each set-up
 * --most N   decisions of the longest run
 */

const SEED = 20_261_122;
const NAIVE_CASES = 4_000;

const { values } = parseArgs({
  options: {
    peers: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '7' },
    most: { type: 'string', default: '10000000' },
  },
});
const [rounds, most] = readOrEnd(() => [
  wholeNumberOption('rounds', values.rounds, 1),
  wholeNumberOption('most', values.most, SHORTEST_RUN),
]);
const tell = (line: string): void => {
  process.stderr.write(`bench: ${line}\n`);
};
const root = suiteRoot();
const peers = values.peers ? await installPeers(root, tell) : null;
const scratch = mkdtempSync(join(tmpdir(), 'wsb-bench-'));
try {
  const own = await ownSetUps(root, SEED, scratch);
  const theirs = peers === null ? [] : peerSetUps(root, SEED, peers);
  tell('measuring set-ups');
  const setUps = await measured([...own.setUps, ...theirs], rounds);
  await own.close();
  tell('measuring runs of more and more decisions');
  const { subject } = await openSubject('native', root, 'bench');
  if (subject.kind === 'out-of-process') throw new Error('The native subject runs in this process.');
  const report: BenchReport = {
    format: 1,
    seed: SEED,
    node: process.version,
    setUps,
    targets: reachedTargets(setUps),
    bytesOfDecision: { naive: naiveBytes(NAIVE_CASES, SEED), flat: flatBytes() },
    runsOfSize: await flatCost(subject, root, SEED, most),
    peakMegabytes: { '1': await peakMegabytes(1), '2': await peakMegabytes(2) },
    startUps: await startUps(root),
    firstFailures: peers === null ? [] : await firstFailures(root, SEED, peers.hypothesis),
    missing: peers?.missing ?? [],
  };
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : benchText(report));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** Mean bytes of the records of a thousand generated blocks. */
function flatBytes(): number {
  const block = new CaseBlock();
  let bytes = 0;
  let cases = 0;
  for (let number = 0; number < 1_000; number++) {
    block.fill(SEED + number, number + 4);
    bytes += block.end;
    cases += block.count;
  }
  return bytes / cases;
}

/** The most memory of a process that runs ten million decisions in so many threads. */
async function peakMegabytes(threads: number): Promise<number> {
  const file = fileURLToPath(new URL('./peak-memory.js', import.meta.url));
  const folder = join(scratch, `peak-${threads}`);
  const { stderr } = await execa(process.execPath, [file, '--jobs', String(threads), '--report', folder]);
  return (Number(/^peak (\d+)$/m.exec(stderr)?.[1]) * 1024) / 1e6;
}
