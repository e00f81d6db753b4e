import type { InProcessSubject } from '../subjects/subject.js';
import { CaseBlock } from './flat/case-block.js';
import { ExhaustiveBlock } from './flat/exhaustive-block.js';
import { Random } from '../generators/random.js';
import { type RecordBlock, recordAt } from './flat/record-block.js';
import { BlockSeeds } from './block-seeds.js';
import { DecisionVolume } from './decision-volume.js';
import { ProgramVolume } from './program-volume.js';
import {
  KEPT_MISMATCHES,
  type VolumeJob,
  type VolumeKind,
  type VolumeMismatch,
  type VolumeReport,
} from './volume-job.js';

/** Carries out jobs of generated cases in this thread. One seed gives the same cases in every thread. */
export class VolumeRunner {
  readonly #generated = new CaseBlock(new Random(0));
  #exhaustive: ExhaustiveBlock | null = null;
  readonly #seeds: BlockSeeds;
  readonly #program: ProgramVolume;
  readonly #decision: DecisionVolume | null;

  constructor(subject: Pick<InProcessSubject, 'run' | 'decide'>, seed: number) {
    this.#seeds = new BlockSeeds(seed);
    this.#program = new ProgramVolume(subject.run);
    this.#decision = subject.decide === null ? null : new DecisionVolume(subject.decide);
  }

  /** Runs every block of the job. Throws for decision depth when the subject has none. */
  run(job: VolumeJob): VolumeReport {
    let cases = 0;
    let failed = 0;
    const mismatches: VolumeMismatch[] = [];
    for (let number = job.first; number < job.first + job.count; number++) {
      const block = this.#fill(job.kind, number);
      const result = job.kind === 'program' ? this.#program.run(block) : this.#decided().run(block);
      cases += result.cases;
      failed += result.mismatches.length;
      for (const index of result.mismatches.slice(0, KEPT_MISMATCHES - mismatches.length)) {
        mismatches.push({ block: number, record: recordAt(block, index) });
      }
    }
    return { cases, failed, mismatches };
  }

  #fill(kind: VolumeKind, number: number): RecordBlock {
    if (kind !== 'exhaustive') {
      this.#generated.fill(this.#seeds.at(number), number);
      return this.#generated;
    }
    this.#exhaustive ??= new ExhaustiveBlock();
    this.#exhaustive.fill(number);
    return this.#exhaustive;
  }

  #decided(): DecisionVolume {
    if (this.#decision === null) {
      throw new Error('The subject has no decision depth; run it with --depth program.');
    }
    return this.#decision;
  }
}
