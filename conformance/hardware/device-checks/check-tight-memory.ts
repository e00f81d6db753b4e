import { type DeviceCheckResult, numberOf, type Observation } from '../../model/device-check.js';
import { look, type Look, type Looking, resultOf } from '../tensorrt/look.js';

/** What a load is tried with: a budget, or none and who chooses then. */
const ATTEMPTS = [
  { label: 'budget 0', args: ['--budget', '0'], clause: null },
  { label: 'fitting', args: ['--budget', 'absent', '--policy', 'fitting'], clause: 'WSB-MEM-08' },
  { label: 'upstream', args: ['--budget', 'absent', '--policy', 'upstream'], clause: null },
] as const;

/** Room for the weights, in hundredths of them, on top of what a load at budget 0 needs. */
const LEVELS = [5n, 30n, 60n, 110n] as const;

/** What contexts take besides, as measured: a load that has this much room fits. */
const MARGIN = 10n << 20n;

/** What an engine needs on the device; bytes. */
export interface EngineNeeds {
  readonly streamable: bigint;
  readonly scratch: bigint;
  /** The free memory that a context takes at budget 0, the scratch included. */
  readonly context: bigint;
}

/** What the engine needs, from the calls that were watched on it; null when they do not show it. */
export function needsOf(lines: readonly Observation[], streamable: bigint): EngineNeeds | null {
  const at = lines.findIndex(({ call, ok, inForce }) => call === 'context' && ok === true && inForce === '0');
  const [before, context] = [lines[at - 1], lines[at]];
  if (before === undefined || context === undefined) return null;
  return {
    streamable,
    scratch: numberOf(context, 'scratch'),
    context: numberOf(before, 'free') - numberOf(context, 'free'),
  };
}

/**
 * Loads a program of so many engines of those needs while another allocation holds most of the
 * device: with budget 0, and with none under each policy. Each load is a process of its own,
 * because a context that does not fit may kill it. The policy fitting is to load wherever budget 0
 * does; what upstream's does is only recorded.
 */
export async function checkTightMemory(
  looking: Looking,
  program: string,
  needs: EngineNeeds,
  engines: 1 | 2,
): Promise<readonly DeviceCheckResult[]> {
  const area = engines === 1 ? 'tight-memory' : 'tight-memory-of-two';
  const results: DeviceCheckResult[] = [];
  for (const level of LEVELS) {
    const free = MARGIN + BigInt(engines) * (needs.context + (needs.streamable * level) / 100n);
    let loadsAtZero = false;
    for (const { label, args, clause } of ATTEMPTS) {
      const seen = await look(looking, 'tight', '--program', program, '--free', String(free), ...args);
      const wanted = label === 'budget 0' || (label === 'fitting' && loadsAtZero);
      const check = { name: `${area}/room for ${level} %/${label}`, clause };
      const result = resultOf(check, seen, judge);
      // What nobody demands is kept as it was seen, a crash too.
      results.push(wanted ? result : { ...result, verdict: 'recorded' });
      if (label === 'budget 0') loadsAtZero = hasLoaded(seen);
    }
  }
  return results;
}

function hasLoaded({ lines }: Look): boolean {
  return lines.some(({ step, load, run }) => step === 'load' && load === '0' && run === '0');
}

function judge(lines: readonly Observation[]): Pick<DeviceCheckResult, 'verdict' | 'message'> {
  const line = lines.find(({ step }) => step === 'load');
  if (line === undefined) return { verdict: 'fail', message: 'there was no load' };
  const chosen = line['set'] === undefined ? '' : `, with ${String(line['set'])} bytes resident`;
  const well = line['load'] === '0' && line['run'] === '0';
  const message = `${well ? 'loads and runs' : 'is refused'}${chosen}; ${String(line['free'])} bytes were free`;
  return { verdict: well ? 'pass' : 'fail', message };
}
