import { isFolder } from '../files/files-below.js';
import { visible } from '../model/visible-text.js';
import { brokenLink } from '../report/line-chain.js';
import { type FinishedShard, readReportLines } from '../report/read-report.js';
import type { Header } from '../run/header.js';
import type { Share } from '../run/shards/deal-steps.js';
import { DocumentError, type Schemas } from '../spec/schemas.js';
import { resumeCommand } from './command-line.js';
import { headerDifferences } from './header-differences.js';
import { UsageError } from './output.js';
import { readReportFile } from './read-report-file.js';

/** A shard and where its report is. */
export interface ReadShard extends Omit<FinishedShard, 'header'> {
  readonly given: string;
  readonly header: Header & { readonly shard: Share };
}

/**
 * Reads the shards of a run: all of them, each once, in any order.
 *
 * @param given their reports, or the folders that they are in
 * @returns them in the order of their numbers
 * @throws UsageError that names the one that is missing, given twice, unfinished, changed, or of
 * another run, and says how to go on.
 */
export function readShards(given: readonly string[], root: string, schemas: Schemas): readonly ReadShard[] {
  const shards = given
    .map((one) => readShard(one, root, schemas))
    .sort((a, b) => a.header.shard.number - b.header.shard.number);
  for (const [at, shard] of shards.entries()) {
    const before = shards[at - 1];
    if (before !== undefined) refuseTwo(before, shard);
  }
  const [first] = shards;
  if (first === undefined) throw new UsageError('Give the reports of all shards of a run.');
  const { of } = first.header.shard;
  const numbers = new Set(shards.map(({ header }) => header.shard.number));
  const missing = Array.from({ length: of }, (_, at) => at + 1).filter((number) => !numbers.has(number));
  if (missing.length === 0) return shards;
  throw new UsageError(
    `Shard ${namesOf(missing)} of ${of} ${missing.length === 1 ? 'is' : 'are'} missing: give the reports of all shards.`,
  );
}

const NAMED = 10;

function namesOf(numbers: readonly number[]): string {
  const more = numbers.length - NAMED;
  return numbers.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** @throws UsageError for two that are not parts of one run */
function refuseTwo(a: ReadShard, b: ReadShard): void {
  const [one, other] = [a.header.shard, b.header.shard];
  const differences = headerDifferences(
    { ...a.header, shard: { number: 0, of: one.of } },
    { ...b.header, shard: { number: 0, of: other.of } },
  );
  const told = [...differences.settings, ...differences.surroundings];
  if (told.length > 0) {
    throw new UsageError(
      [
        visible`${a.given} and ${b.given} are shards of different runs:`,
        ...told.map((difference) => visible`  ${difference}`),
        'Merge the shards of one run: the same subject, options and version, each with its own --shard.',
      ].join('\n'),
    );
  }
  if (one.number === other.number) {
    throw new UsageError(
      visible`Shard ${String(one.number)} of ${String(one.of)} is given twice: ${a.given} and ${b.given}.`,
    );
  }
}

function readShard(given: string, root: string, schemas: Schemas): ReadShard {
  const lines = readReportFile(given).split('\n');
  const end = lines.pop();
  const report = readLines(lines, given, root, schemas);
  switch (report.kind) {
    case 'none':
    case 'damaged':
      throw new UsageError(visible`${given} is no report of a shard: it is empty.`);
    case 'finished':
      throw new UsageError(visible`${given} is the report of a whole run, and no shard of one.`);
    case 'unfinished':
      throw new UsageError(unfinishedText(given, report.header));
    case 'shard': {
      const broken = end === '' ? brokenLink(lines) : lines.length;
      const { shard } = report.header;
      const isOwn = shard?.number === report.end.number && shard.of === report.end.of;
      if (broken === null && isOwn) {
        return { ...report, given, header: { ...report.header, shard } };
      }
      throw new UsageError(
        visible`${given} was changed after its run: line ${String((broken ?? lines.length - 1) + 1)} does not follow from those before it. Take the report as the run left it, or run the shard again.`,
      );
    }
  }
}

function readLines(
  lines: readonly string[],
  given: string,
  root: string,
  schemas: Schemas,
): ReturnType<typeof readReportLines> {
  if (lines.length === 0) return { kind: 'none' };
  if (lines.at(-1)?.startsWith('{"record":"footer"') === true) return { kind: 'finished' };
  try {
    return readReportLines(lines, root, schemas, given);
  } catch (cause) {
    if (!(cause instanceof DocumentError)) throw cause;
    throw new UsageError(visible`${given} is no report of a shard: ${cause.message}`, { cause });
  }
}

function unfinishedText(given: string, header: Header): string {
  const { shard } = header;
  if (shard === undefined) {
    return visible`${given} is a run that is not finished, and no shard of one.`;
  }
  const folder = isFolder(given) ? given : 'FOLDER';
  return [
    visible`${given} is shard ${String(shard.number)} of ${String(shard.of)}, which is not finished. To finish it:`,
    visible`  ${resumeCommand(header, folder)}`,
  ].join('\n');
}
