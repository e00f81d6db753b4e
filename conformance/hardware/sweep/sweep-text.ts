import { levelClaims, seriesOf, type LevelClaim } from './claims.js';
import type { SeriesRecord, SweepRecord } from './sweep-record.js';

const HEADING = [
  'series',
  'levels',
  '"0" loads',
  'upstream',
  'fitting',
  'least of largest',
  'most below it',
  'more is slower',
];

const REHEARSAL =
  'On the simulated TensorRT: times mean nothing, and a context takes no more than TensorRT tells.\n';

/** A table of what a sweep shows, a line a series, and below it what the fitting policy missed. */
export function sweepText(records: readonly SweepRecord[]): string {
  const claims = levelClaims(records);
  const rows = seriesOf(records).map((series) =>
    row(
      series,
      claims.filter((claim) => claim.series === series.series),
    ),
  );
  const widths = HEADING.map((heading, at) =>
    Math.max(heading.length, ...rows.map((cells) => cells[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ');
  const missed = claims.filter(isMissed);
  const verdict = !hasLoads(claims)
    ? 'Nothing was shown of the fitting policy: no budget loaded at any level.\n'
    : missed.length === 0
      ? `The fitting policy loads wherever "0" does, and keeps at least nine tenths of the most that loads with no more memory free.\n`
      : `The fitting policy falls short at ${missed.length} of ${claims.length} levels:\n${missed.map(missText).join('')}`;
  return `${[HEADING, ...rows].map(line).join('\n')}\n\n${verdict}${isSimulated(records) ? REHEARSAL : ''}`;
}

const isSimulated = (records: readonly SweepRecord[]): boolean =>
  records.some((record) => record.record === 'header' && record.simulated);

/** Whether anything loaded, so that the claims say something. */
export function hasLoads(claims: readonly LevelClaim[]): boolean {
  return claims.some(({ largest }) => largest !== null);
}

/** Whether the fitting policy does less at a level than it should. */
export function isMissed({ refused, short }: LevelClaim): boolean {
  return refused || short;
}

function row({ series, streamable, engines }: SeriesRecord, claims: readonly LevelClaim[]): string[] {
  const count = (holds: (claim: LevelClaim) => boolean): string => String(claims.filter(holds).length);
  const shares = claims.flatMap(({ fitting, largest }) =>
    fitting === null || largest === null || largest === 0 ? [] : [fitting / largest],
  );
  const below = claims.map(({ fitting, largest }) => (largest ?? 0) - (fitting ?? 0));
  const megabytes = (Math.max(0, ...below) * Number(streamable) * engines) / 1e6;
  return [
    series,
    String(claims.length),
    count(({ zeroLoads }) => zeroLoads),
    count(({ upstreamLoads }) => upstreamLoads),
    count(({ fittingLoads }) => fittingLoads),
    shares.length === 0 ? '-' : percent(Math.min(...shares)),
    `${megabytes.toFixed(1)} MB`,
    count(({ slower }) => slower !== null),
  ];
}

function missText({ series, level, fitting, largest }: LevelClaim): string {
  const kept = fitting === null ? 'refused' : `${percent(fitting)} resident`;
  return `  ${series} with ${level} bytes free: ${kept}, while ${percent(largest ?? 0)} resident loads\n`;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
