import type { Clauses } from '../attribution/attribute.js';
import type { TracedFinding } from '../attribution/traced-finding.js';
import type { Finding } from '../model/finding.js';
import type { Recurrence } from '../model/recurrence.js';
import type { Seen } from '../run/again/told-again.js';
import type { Look, LookedFlatCase } from '../run/state/look.js';
import { bytesFromHex, bytesToHex } from '../wire/json/json-bytes.js';
import type { FindingLine } from './finding-line.js';

interface TracedLine {
  readonly clauses: Clauses;
  readonly finding: FindingLine;
}

interface SeenLine {
  readonly recurrence: Recurrence;
  readonly state?: FindingLine;
}

interface FlatLine {
  readonly block: number;
  readonly case: string;
  readonly why: LookedFlatCase['why'];
}

/** What a shard saw of a failure (spec/schemas/report.schema.json). */
export type LookLine = { readonly record: 'look' } & (
  | { readonly kind: 'written'; readonly traced: TracedLine; readonly seen?: SeenLine | null }
  | {
      readonly kind: 'drawn';
      readonly flat?: FlatLine;
      readonly first: string;
      readonly seen?: SeenLine | null;
      readonly came?: TracedLine;
      readonly smallest?: TracedLine;
    }
  | {
      readonly kind: 'entry';
      readonly drawn: boolean;
      readonly flat?: FlatLine;
      readonly entry: number;
      readonly finding: FindingLine;
    }
);

/** A look as a line of a shard's report; `told` makes the line of a finding. */
export function lookLine(look: Look, told: (finding: Finding) => object): object {
  const traced = ({ clauses, finding }: TracedFinding): object => ({ clauses, finding: told(finding) });
  switch (look.kind) {
    case 'written':
      return { record: 'look', kind: 'written', traced: traced(look.traced), ...seenMember(look.seen, told) };
    case 'drawn':
      return {
        ...{ record: 'look', kind: 'drawn' },
        ...flatMember(look.flat),
        first: look.first,
        ...seenMember(look.seen, told),
        ...(look.came === undefined ? {} : { came: traced(look.came) }),
        ...(look.smallest === undefined ? {} : { smallest: traced(look.smallest) }),
      };
    case 'entry':
      return {
        ...{ record: 'look', kind: 'entry', drawn: look.isDrawn },
        ...flatMember(look.flat),
        ...{ entry: look.entry, finding: told(look.finding) },
      };
  }
}

/** The look of a line; `findingOf` reads the line of a finding. */
export function lookOf(line: LookLine, findingOf: (line: FindingLine) => Finding): Look {
  const traced = ({ clauses, finding }: TracedLine): TracedFinding => {
    return { clauses, finding: findingOf(finding) };
  };
  switch (line.kind) {
    case 'written':
      return { kind: 'written', traced: traced(line.traced), ...seenOf(line.seen, findingOf) };
    case 'drawn':
      return {
        ...{ kind: 'drawn', flat: flatOf(line.flat), first: line.first },
        ...seenOf(line.seen, findingOf),
        ...(line.came === undefined ? {} : { came: traced(line.came) }),
        ...(line.smallest === undefined ? {} : { smallest: traced(line.smallest) }),
      };
    case 'entry':
      return {
        ...{ kind: 'entry', isDrawn: line.drawn, flat: flatOf(line.flat), entry: line.entry },
        finding: findingOf(line.finding),
      };
  }
}

function seenMember(seen: Seen | null | undefined, told: (finding: Finding) => object): object {
  if (seen == null) return seen === undefined ? {} : { seen };
  const { recurrence, state } = seen;
  return { seen: { recurrence, ...(state === null ? {} : { state: told(state) }) } };
}

function seenOf(
  seen: SeenLine | null | undefined,
  findingOf: (line: FindingLine) => Finding,
): { readonly seen?: Seen | null } {
  if (seen == null) return seen === undefined ? {} : { seen };
  const { recurrence, state } = seen;
  return { seen: { recurrence, state: state === undefined ? null : findingOf(state) } };
}

function flatMember(flat: LookedFlatCase | null): { readonly flat?: FlatLine } {
  if (flat === null) return {};
  return { flat: { block: flat.block, case: bytesToHex(flat.record), why: flat.why } };
}

function flatOf(flat: FlatLine | undefined): LookedFlatCase | null {
  return flat === undefined ? null : { block: flat.block, record: bytesFromHex(flat.case), why: flat.why };
}
