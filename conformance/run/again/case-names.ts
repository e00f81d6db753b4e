import { createHash } from 'node:crypto';
import { generatedCaseRecord } from '../../generators/generated-case-record.js';
import { generatedFromRecord } from '../../generators/generated-from-record.js';
import { buildRequest } from '../../model/build-request.js';
import type { Case } from '../../model/case.js';
import type { CaseSequence, SequenceEntry } from '../../model/case-sequence.js';
import type { SentCase } from '../../model/sent-case.js';
import { decodeRequests } from '../../wire/decode-request.js';
import { encodedRequest } from '../../wire/encode-request.js';

const DIGITS = 12;

/** Tells what a record stands for, as a case that can be read and replayed. */
export class CaseNames {
  readonly #written: Case[] = [];
  readonly #byDigest = new Map<string, Case>();
  #digested = 0;

  /** Written cases of the run, under which their records are told. */
  know(cases: readonly Case[]): void {
    this.#written.push(...cases);
  }

  /** The case of a record: the written one, the generated one, or one that has its bytes. */
  of(sent: SentCase): Case {
    if (sent.depth === 'decision') return generatedCaseRecord(generatedFromRecord(sent.record), CLAUSES);
    const flat = 'flat' in sent && sent.flat instanceof Uint8Array ? sent.flat : null;
    if (flat !== null) return generatedCaseRecord(generatedFromRecord(flat), CLAUSES);
    return this.#writtenCase(sent.record) ?? bytesCase(sent.record);
  }

  /** A sequence to be kept; what is run several times in a row is told once. */
  sequence(cases: readonly SentCase[], last: Case): CaseSequence {
    const entries: (SequenceEntry & { readonly sent: SentCase })[] = [];
    for (const [at, sent] of cases.entries()) {
      const before = entries.at(-1);
      const told = at === cases.length - 1 ? last : this.of(sent);
      if (before !== undefined && isSame(before.sent, sent)) {
        entries[entries.length - 1] = { ...before, case: told, times: before.times + 1 };
        continue;
      }
      entries.push({
        sent,
        case: told,
        decision: sent.depth === 'decision' ? sent.record.slice() : null,
        times: 1,
      });
    }
    return entries.map(({ case: told, decision, times }) => ({ case: told, decision, times }));
  }

  #writtenCase(record: Uint8Array): Case | undefined {
    // Only once a sequence is to be told.
    for (; this.#digested < this.#written.length; this.#digested++) {
      const one = this.#written[this.#digested];
      if (one !== undefined) this.#byDigest.set(digest(encodedRequest(buildRequest(one.request))), one);
    }
    return this.#byDigest.get(digest(record));
  }
}

function isSame(a: SentCase, b: SentCase): boolean {
  return a.depth === b.depth && Buffer.compare(a.record, b.record) === 0;
}

const CLAUSES = ['WSB-MULTI-07'] as const;

function bytesCase(record: Uint8Array): Case {
  const [request] = decodeRequests(record);
  if (request === undefined) throw new Error('The record of a case is empty.');
  const { program, ...load } = request;
  return {
    id: `earlier/${digest(record).slice(0, DIGITS)}`,
    clauses: CLAUSES,
    kind: 'generated',
    title: 'a load that came before',
    request: { ...load, program: { kind: 'bytes', bytes: program.slice() } },
    expectation: null,
  };
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
