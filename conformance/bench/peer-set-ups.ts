import { execa } from 'execa';
import { join } from 'node:path';
import { nativeBuild } from '../native-home.js';
import { DELEGATE_LIBRARY } from '../subjects/native-library.js';
import type { Peers } from './install-peers.js';
import type { SetUp } from './set-up.js';
import { PEERS } from './targets.js';

/** Cases of a round: a second or so each. */
const CASES = { pureCpp: 1_000_000, googleTest: 500_000, libFuzzer: 200_000, hypothesis: 400 };
/** Bytes of an input of libFuzzer: two a choice, enough for the records that we draw. */
const LONGEST_INPUT = 256;

/** The same decisions as other tools check them, each in a process that tells its own time. */
export function peerSetUps(root: string, seed: number, peers: Peers): readonly SetUp[] {
  const { pureCpp, googleTest, libFuzzer, hypothesis } = peers;
  const delegate = join(nativeBuild(root), DELEGATE_LIBRARY);
  const setUp = (
    name: string,
    program: string | null,
    args: (seed: number) => readonly string[],
    env: (seed: number) => Readonly<Record<string, string>> = () => ({}),
  ): SetUp[] => {
    if (program === null) return [];
    const measure: SetUp['measure'] = async (round) => {
      const { stdout } = await execa(program, args(seed + round), { env: env(seed + round) });
      return toldRate(name, stdout);
    };
    return [{ name, depth: 'decision', measure }];
  };
  return [
    ...(hypothesis === null
      ? []
      : setUp(PEERS.hypothesis, 'python3', (start) => [
          ...['-I', hypothesis.script, hypothesis.packages, hypothesis.library, delegate],
          ...[String(CASES.hypothesis), String(start)],
        ])),
    ...setUp(PEERS.libFuzzer, libFuzzer, (start) => [
      `-runs=${CASES.libFuzzer}`,
      `-seed=${start}`,
      `-max_len=${LONGEST_INPUT}`,
    ]),
    ...setUp(
      PEERS.googleTest,
      googleTest,
      () => [],
      (start) => ({ PEER_CASES: String(CASES.googleTest), PEER_SEED: String(start) }),
    ),
    ...setUp(PEERS.pureCpp, pureCpp, (start) => [String(CASES.pureCpp), String(start)]),
  ];
}

/** Cases a second, of what a peer tells (native/peers/stopwatch.h). */
function toldRate(name: string, told: string): number {
  const [, cases, seconds] = /^cases (\d+) bytes \d+ seconds ([\d.]+)$/m.exec(told) ?? [];
  if (cases === undefined || seconds === undefined)
    throw new Error(`${name} told no time:\n${told.slice(-2000)}`);
  return Number(cases) / Number(seconds);
}
