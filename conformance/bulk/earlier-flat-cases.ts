import type { SentCase } from '../model/sent-case.js';
import { CaseBatch } from '../protocol/case-batch.js';
import { BlockSeeds } from '../generators/block-seeds.js';
import { BulkBlock } from './bulk-block.js';
import { type BulkKind, depthOf } from './bulk-job.js';
import { recordAt } from './flat/case-block.js';

/** A flat case as it is sent, and the decision record that it was made from. */
export interface SentFlatCase extends SentCase {
  readonly flat: Uint8Array;
}

/** Which flat case it is of which stretch of blocks. */
export interface FlatPlace {
  readonly kind: BulkKind;
  readonly firstBlock: number;
  readonly block: number;
  /** Its decision record. */
  readonly record: Uint8Array;
}

/** Makes flat cases of a run once more, from its seed. */
export class EarlierFlatCases {
  readonly #seeds: BlockSeeds;
  #memory: BulkBlock | null = null;

  constructor(seed: number) {
    this.#seeds = new BlockSeeds(seed);
  }

  /** A flat case as it was sent; null when its block does not hold it. */
  sent({ kind, block, record }: FlatPlace): SentFlatCase | null {
    return this.#casesOf(kind, block).find(({ flat }) => Buffer.compare(flat, record) === 0) ?? null;
  }

  /** At most the last `most` flat cases of the stretch before this one, in the order of blocks. */
  before({ kind, firstBlock, block, record }: FlatPlace, most: number): readonly SentFlatCase[] {
    const own = this.#casesOf(kind, block);
    const at = own.findIndex(({ flat }) => Buffer.compare(flat, record) === 0);
    let found = own.slice(0, Math.max(at, 0));
    for (let number = block - 1; number >= firstBlock && found.length < most; number--) {
      found = [...this.#casesOf(kind, number), ...found];
    }
    return found.slice(-most);
  }

  #casesOf(kind: BulkKind, number: number): SentFlatCase[] {
    const memory = (this.#memory ??= new BulkBlock());
    const block = memory.fill(kind, this.#seeds.at(number), number);
    const depth = depthOf(kind);
    const cases: SentFlatCase[] = [];
    for (let at = 0; at < block.count;) {
      const { bytes, count } = memory.batch(kind, block, at);
      const batch = CaseBatch.of(depth, bytes.slice());
      for (let index = 0; index < count; index++) {
        cases.push({ depth, record: batch.record(index), flat: recordAt(block, at + index) });
      }
      at += count;
    }
    return cases;
  }
}
