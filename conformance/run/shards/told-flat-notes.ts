import type { ClauseId } from '../../../reference/outcome/clause-id.js';
import type { BulkIncident, BulkMismatch } from '../../bulk/bulk-job.js';
import type { FlatPlace } from '../../bulk/earlier-flat-cases.js';
import type { ExpectedFailure } from '../../expectations/expected-failure.js';
import { bytesToHex } from '../../wire/json/json-bytes.js';
import type { FaultNotes } from '../sections/fault-notes.js';
import type { FailedFlatCase, Notes } from '../sections/notes.js';
import type { Look, LookedFlatCase } from '../state/look.js';
import type { ToldFailures } from './told-failures.js';

/** Makes findings of flat cases of a section as shards looked at them. */
export class ToldFlatNotes implements Pick<
  Notes,
  'flatFailed' | 'flatCounted' | 'flatExpected' | 'flatIncident'
> {
  readonly #looks: ReadonlyMap<string, Look>;
  readonly #faults: FaultNotes;
  readonly #failures: ToldFailures;

  constructor(looks: readonly Look[], faults: FaultNotes, failures: ToldFailures) {
    this.#looks = new Map(
      looks.flatMap((look) => {
        const flat = look.kind === 'written' ? null : look.flat;
        return flat === null ? [] : [[nameOf(flat), look]];
      }),
    );
    this.#faults = faults;
    this.#failures = failures;
  }

  async flatFailed(failed: FailedFlatCase): Promise<void> {
    const look = this.#looks.get(nameOf({ ...failed, why: 'failed' }));
    await this.#faults.flat(failed.clause, look?.kind === 'drawn' ? this.#failures.drawn(look) : null);
  }

  flatCounted(clause: ClauseId, cases: number): void {
    this.#faults.flatCounted(clause, cases);
  }

  async flatExpected(entry: ExpectedFailure, cases: number, first: BulkMismatch): Promise<void> {
    const look = this.#looks.get(nameOf({ ...first, why: 'expected' }));
    const finding = look?.kind === 'entry' ? look.finding : null;
    await this.#faults.expected(entry, cases, () => Promise.resolve(finding));
  }

  async flatIncident(_kind: FlatPlace['kind'], found: BulkIncident): Promise<void> {
    const look = this.#looks.get(nameOf({ ...found, why: 'incident' }));
    if (look?.kind === 'drawn') await this.#faults.drawn(this.#failures.drawn(look));
  }
}

function nameOf({ block, record, why }: LookedFlatCase): string {
  return `${why} ${block} ${bytesToHex(record)}`;
}
