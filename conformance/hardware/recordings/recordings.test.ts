import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSchemas } from '../../spec/schemas.js';
import { suiteRoot } from '../../suite-root.js';
import { recordedAnswer, isReplayed, type ReplayedCall } from './replay-steps.js';
import { checkRecording, type Simulator } from './check-recording.js';
import {
  type RecordedCall,
  type RecordedSequence,
  type Recording,
  parseRecording,
} from '../../golden/recording.js';
import { loadRecordings } from './recording-files.js';
import { answerOnReference } from './reference-simulator.js';
import { resultTable } from './result-table.js';
import { H100, H200, H200_SMALL, zoneOf, type Zone } from './zone.js';

const schemas = loadSchemas(suiteRoot());
const files = loadRecordings(suiteRoot(), schemas);
const reference: Simulator = (runs) => runs.map(answerOnReference);

/** The recording with one call of one sequence replaced. */
function altered(
  recording: Recording,
  id: string,
  at: number,
  change: (call: RecordedCall) => RecordedCall,
): Recording {
  const sequences = recording.sequences.map((sequence): RecordedSequence =>
    sequence.id === id
      ? { ...sequence, calls: sequence.calls.map((call, n) => (n === at ? change(call) : call)) }
      : sequence,
  );
  return { ...recording, sequences };
}

/** The call with a wrong answer. */
function wrong(call: ReplayedCall): RecordedCall {
  if ('ok' in call) return { ...call, ok: !call.ok };
  return 'value' in call ? { ...call, value: String(BigInt(call.value) + 1n) } : call;
}

describe.each(files)('the reference, held to $name', ({ name, recording }) => {
  it('answers as recorded', async () => {
    const result = await checkRecording(recording, reference);
    expect(resultTable([{ recording: name, simulator: 'reference', result }])).not.toContain('DIFFERENT');
    expect(result.differences).toEqual([]);
    expect(result.compared).toBeGreaterThan(100);
  });

  // A recording that lost its last lines would still be one.
  it('is as long as its README says', () => {
    const readme = readFileSync(join(suiteRoot(), 'golden/recorded/README.md'), 'utf8').replace(/ +/g, ' ');
    const calls = recording.sequences.reduce((sum, sequence) => sum + sequence.calls.length, 0);
    const counts = [recording.sequences.length, calls].map((count) => count.toLocaleString('en'));
    expect(readme).toContain(`| \`${name}\` | ${counts.join(' | ')} |`);
  });

  it('is caught at any answer that is altered, but in the zone that is left open', async () => {
    const { undecided } = await checkRecording(recording, reference);
    const open = new Set(undecided.map(({ sequence }) => sequence));
    // Every seventh call, so that the test stays short.
    const places = recording.sequences
      .filter(({ id }) => !open.has(id))
      .flatMap(({ id, calls }) =>
        calls.flatMap((call, at) =>
          isReplayed(call) && recordedAnswer(call) !== '' ? [{ id, at, call }] : [],
        ),
      )
      .filter((_, n) => n % 7 === 0);
    expect(places.length).toBeGreaterThan(10);
    for (const { id, at, call } of places) {
      const one = altered(recording, id, at, () => wrong(call));
      const sequences = one.sequences.filter((sequence) => sequence.id === id);
      const { differences } = await checkRecording({ ...one, sequences }, reference);
      expect(differences.map(({ sequence }) => sequence)).toEqual([id]);
    }
  });
});

describe('the zone of the allocator', () => {
  it('leaves few answers open, and only those about memory', async () => {
    const results = await Promise.all(files.map(({ recording }) => checkRecording(recording, reference)));
    const undecided = results.flatMap((result) => result.undecided);
    const calls = new Set(undecided.map(({ call }) => call.call));
    expect([...calls].sort()).toEqual([
      'createExecutionContext',
      'deserializeCudaEngine',
      'setWeightStreamingBudgetV2',
    ]);
    expect(undecided.length).toBeLessThan(results.reduce((sum, { compared }) => sum + compared, 0) / 20);
  });

  describe.each([
    ['H100', H100],
    ['H200', H200],
    ['H200, small engines', H200_SMALL],
  ])('of the %s', (_, zone) => {
    const narrower = (Object.keys(zone) as (keyof Zone)[]).flatMap((list) =>
      zone[list].length < 2
        ? []
        : ([zone[list].slice(1), zone[list].slice(0, -1)] as const).map((left) => ({
            list,
            left,
            one: { ...zone, [list]: left },
          })),
    );

    it('is narrowed in several ways', () => {
      expect(narrower.length).toBeGreaterThanOrEqual(4);
    });

    it.each(narrower)('is no wider than was recorded: $list can not be $left', async ({ one }) => {
      const results = await Promise.all(
        files.map(({ recording }) => {
          const zoneFor = ({ engines }: RecordedSequence): Zone =>
            zoneOf(
              recording.header.gpu,
              engines.flatMap((id) => recording.engines.get(id) ?? []),
            );
          const sequences = recording.sequences.filter((sequence) => zoneFor(sequence) === zone);
          return checkRecording({ ...recording, sequences }, reference, () => one);
        }),
      );
      expect(results.flatMap(({ differences }) => differences).length).toBeGreaterThan(0);
    });
  });

  it('decides what lies a granule outside of it', async () => {
    const [tight] = files.filter(({ name }) => name.startsWith('upstream-tight-memory'));
    const ids = (tight?.recording.sequences ?? []).filter(
      ({ id }) => id.includes('/0/free=6488064') || id.includes('/0/free=16973824'),
    );
    expect(ids.length).toBeGreaterThan(3);
    for (const { id, calls, engines } of ids.filter((each) => each.engines.length === 1)) {
      expect(engines).toEqual(['l2d1024h']);
      const at = calls.findIndex(({ call }) => call === 'createExecutionContext');
      const recording = tight?.recording;
      if (recording === undefined) throw new Error('the recording of tight memory is missing');
      const one = altered(recording, id, at, (call) => (isReplayed(call) ? wrong(call) : call));
      const { differences } = await checkRecording(one, reference);
      expect(differences.map(({ sequence }) => sequence)).toEqual([id]);
    }
  });
});

describe('a recording', () => {
  const header = JSON.stringify(files[0]?.recording.header);
  const engine = JSON.stringify([...(files[0]?.recording.engines.values() ?? [])][0]);
  const sequence = (id: string, engines: readonly string[], number = 0): string =>
    JSON.stringify({
      record: 'sequence',
      id,
      engines,
      free: null,
      load: null,
      ended: { kind: 'ok' },
      calls: [{ call: 'destroyEngine', engine: number }],
    });
  const parse = (...lines: readonly string[]): Recording => parseRecording(lines.join('\n'), 'a', schemas);
  const id = (JSON.parse(engine) as { id: string }).id;

  it('is a header, engines and sequences', () => {
    expect(parse(header, engine, sequence('s', [id])).sequences).toHaveLength(1);
  });

  it.each([
    ['without a header', [engine], /does not begin with a header/],
    ['with two headers', [header, header], /more than one header/],
    ['without a sequence', [header, engine], /no sequence/],
    ['with an engine twice', [header, engine, engine], /two engines/],
    ['with a sequence twice', [header, engine, sequence('s', [id]), sequence('s', [id])], /two sequences/],
    ['on an unknown engine', [header, sequence('s', ['z'])], /names the engine z/],
    ['on a number without engine', [header, engine, sequence('s', [id], 1)], /does not name/],
    ['with another line', [header, '{}'], /breaks the schema/],
  ])('is refused %s', (_, lines, message) => {
    expect(() => parse(...lines)).toThrow(message);
  });
});
