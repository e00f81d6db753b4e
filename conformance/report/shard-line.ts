import type { Incident } from '../model/incident.js';
import { noVerdicts, type VerdictCounts } from '../model/verdict.js';
import { CAPABILITIES, type Capabilities, type Capability } from '../protocol/capabilities.js';
import type { ShardEnd, SubjectTold } from '../run/shards/shard-end.js';
import type { Share } from '../run/shards/deal-steps.js';

/** The last line of a shard's report (spec/schemas/report.schema.json). */
export interface ShardLine extends Share, Omit<ShardEnd, 'verdicts' | 'subject' | 'hostile'> {
  readonly record: 'shard';
  readonly verdicts: Partial<VerdictCounts>;
  readonly subject: Omit<SubjectTold, 'capabilities'> & { readonly capabilities: readonly Capability[] };
  readonly hostile: {
    readonly ends: readonly { readonly id: string; readonly end: 'answered' | Incident }[];
    readonly control: Incident | null;
  } | null;
}

/** The last line of a shard. */
export function shardLine({ number, of }: Share, end: ShardEnd): ShardLine {
  const { cases, verdicts, subject, expected, hostile, times, milliseconds } = end;
  return {
    ...{ record: 'shard', number, of, cases, verdicts },
    subject: {
      ...subject,
      capabilities: CAPABILITIES.filter((name) => subject.capabilities[name]),
    },
    expected,
    hostile:
      hostile === null
        ? null
        : {
            ends: hostile.ends.map(({ id, end: how }) => {
              return { id, end: how instanceof Uint8Array ? 'answered' : how };
            }),
            control: hostile.control,
          },
    ...{ times, milliseconds },
  };
}

/** What the last line of a shard tells. */
export function shardEndOf(line: ShardLine): ShardEnd {
  const { cases, verdicts, subject, expected, hostile, times, milliseconds } = line;
  const has = (name: Capability): boolean => subject.capabilities.includes(name);
  return {
    ...{ cases, verdicts: { ...noVerdicts(), ...verdicts }, expected, times, milliseconds },
    subject: {
      ...subject,
      capabilities: Object.fromEntries(CAPABILITIES.map((name) => [name, has(name)])) as Capabilities,
    },
    hostile:
      hostile === null
        ? null
        : {
            ends: hostile.ends.map(({ id, end }) => {
              return { id, end: end === 'answered' ? new Uint8Array(0) : end };
            }),
            control: hostile.control,
          },
  };
}
