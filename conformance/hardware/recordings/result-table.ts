import { recordedAnswer, type ReplayedCall } from './replay-steps.js';
import type { RecordingResult } from './check-recording.js';

/** The result of a recording on a simulator, with their names. */
export interface NamedResult {
  readonly recording: string;
  readonly simulator: string;
  readonly result: RecordingResult;
}

/** A table of the results, then the undecided calls, counted, and every difference. */
export function resultTable(results: readonly NamedResult[]): string {
  const rows = [
    [
      'recording',
      'simulator',
      'sequences',
      'compared',
      'exact',
      'within tolerance',
      'undecided',
      'differences',
      'not replayed',
    ],
    ...results.map(({ recording, simulator, result }) => [
      recording,
      simulator,
      ...[
        result.sequences,
        result.compared,
        result.exact,
        result.withinTolerance,
        result.undecided.length,
        result.differences.length,
        result.notReached + result.notReplayed,
      ].map(String),
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  return [...lines, ...results.flatMap(details)].join('\n');
}

function details({ recording, simulator, result }: NamedResult): string[] {
  const undecided = new Map<string, number>();
  for (const { call } of result.undecided) {
    const kind = `${call.call} ${recordedAnswer(call)}`;
    undecided.set(kind, (undecided.get(kind) ?? 0) + 1);
  }
  const where = `${recording} on ${simulator}`;
  return [
    ...[...undecided].map(
      ([kind, count]) => `undecided in ${where}: ${count} × ${kind}, within the zone of the allocator`,
    ),
    ...result.crashed.map(
      (id) => `crashed in ${where}: ${id}; the calls that returned were compared, the crash was not`,
    ),
    ...result.differences.map(
      ({ sequence, call, simulated }) =>
        `DIFFERENT in ${where}: ${sequence}: ${callText(call)} answered ${recordedAnswer(call)}, ` +
        `the simulator ${simulated.join(' or ')}`,
    ),
  ];
}

function callText(call: ReplayedCall): string {
  const argument = call.call === 'setWeightStreamingBudgetV2' ? call.budget : '';
  return `${call.call}(${argument}) on engine ${call.engine}`;
}
