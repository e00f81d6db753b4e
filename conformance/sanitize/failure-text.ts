import type { PartResult } from './part.js';

/** Lines of a report that are shown. */
const SHOWN = 40;

/** What a part found, for whoever has to mend it; empty where it found nothing. */
export function failureText(subject: string, { reports, failures }: PartResult): string {
  return [
    ...reports.flatMap(({ report, count }) => [
      `REPORTED in ${subject}${count === 1 ? '' : ` (${count} times)`}: ${report.what}`,
      ...report.text.split('\n').slice(0, SHOWN),
      '',
    ]),
    ...failures.map((failure) => `FAILED in ${subject}: ${failure}\n`),
  ].join('\n');
}
