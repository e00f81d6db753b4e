import type { Random } from '../generators/random.js';
import type { BlockCoverage } from './block-coverage.js';
import { findingKind, type FuzzFinding } from './finding.js';
import { judgeInputs, readOnce, type Readers } from './judge-inputs.js';
import { mutateBytes } from './mutate-bytes.js';
import { shrinkInput } from './shrink-input.js';

/** Inputs that are judged in one go, and share one look at the blocks that ran. */
const BATCH = 512;
/** Findings of different kinds, after which a target is left. */
const MOST_FINDINGS = 20;

/** How a reader is explored. */
export interface Exploration {
  readonly readers: Readers;
  /** Inputs to begin with. */
  readonly corpus: readonly Uint8Array[];
  readonly random: Random;
  /** What tells which inputs are worth changing further; null where nothing does. */
  readonly coverage: BlockCoverage | null;
  /** Whether time is up. */
  readonly isOver: () => boolean;
}

/** What exploring a reader came to. */
export interface Explored {
  readonly executions: number;
  /** Inputs that ran blocks that none of the corpus had run. */
  readonly fresh: readonly Uint8Array[];
  readonly findings: readonly FuzzFinding[];
}

/** Gives readers the corpus and then changed inputs until time is up. */
export async function exploreReader(exploration: Exploration): Promise<Explored> {
  const explorer = new Explorer(exploration);
  await explorer.begin();
  while (!explorer.isOver()) await explorer.batch();
  return explorer.explored();
}

class Explorer {
  readonly #given: Exploration;
  readonly #pool: Uint8Array[];
  readonly #fresh: Uint8Array[] = [];
  readonly #findings = new Map<string, FuzzFinding>();
  #executions = 0;

  constructor(given: Exploration) {
    this.#given = given;
    this.#pool = [...given.corpus];
    if (this.#pool.length === 0) this.#pool.push(new Uint8Array());
  }

  /** Judges the corpus, and takes the blocks that it runs for known. */
  async begin(): Promise<void> {
    const { coverage } = this.#given;
    await this.#judge(this.#pool);
    if (coverage === null) return;
    for (const input of this.#pool) readOnce(this.#given.readers, input);
    coverage.add(coverage.look());
  }

  isOver(): boolean {
    return this.#given.isOver() || this.#findings.size >= MOST_FINDINGS;
  }

  async batch(): Promise<void> {
    const inputs = Array.from({ length: BATCH }, () => this.#mutant());
    await this.#judge(inputs);
    this.#keepNew(inputs);
  }

  explored(): Explored {
    return {
      executions: this.#executions,
      fresh: this.#fresh,
      findings: [...this.#findings.values()],
    };
  }

  #mutant(): Uint8Array {
    const { random, readers } = this.#given;
    const input = random.pick(this.#pool);
    const shaped = random.chance(50) ? readers.target.mutate?.(random, input) : undefined;
    return shaped ?? mutateBytes(random, input, random.pick(this.#pool));
  }

  async #judge(inputs: readonly Uint8Array[]): Promise<void> {
    const { readers } = this.#given;
    const { name: target } = readers.target;
    this.#executions += inputs.length;
    const faults = await judgeInputs(readers, inputs);
    for (const [at, what] of faults.entries()) {
      const input = inputs[at];
      if (what === null || input === undefined) continue;
      const kind = findingKind({ target, what });
      if (this.#findings.has(kind) || this.#findings.size >= MOST_FINDINGS) continue;
      // Before it is shrunk: what follows may be of the same kind.
      this.#findings.set(kind, { target, what, input });
      this.#findings.set(kind, await this.#shrunk({ target, what, input }, kind));
    }
  }

  async #shrunk(finding: FuzzFinding, kind: string): Promise<FuzzFinding> {
    const { readers } = this.#given;
    let what = finding.what;
    const input = await shrinkInput(finding.input, async (candidate) => {
      const [now] = await judgeInputs(readers, [candidate]);
      const isSame = typeof now === 'string' && findingKind({ target: finding.target, what: now }) === kind;
      if (isSame) what = now;
      return isSame;
    });
    return { ...finding, what, input };
  }

  /** Keeps those of the inputs that run new blocks: which ones they are is found by halves. */
  #keepNew(inputs: readonly Uint8Array[]): void {
    const { coverage, readers } = this.#given;
    if (coverage === null) return;
    const look = coverage.look();
    if (!coverage.isNew(look)) return;
    const [only, other] = inputs;
    if (only !== undefined && other === undefined) {
      coverage.add(look);
      this.#pool.push(only);
      this.#fresh.push(only);
      return;
    }
    const middle = Math.ceil(inputs.length / 2);
    for (const half of [inputs.slice(0, middle), inputs.slice(middle)]) {
      for (const input of half) readOnce(readers, input);
      this.#keepNew(half);
    }
  }
}
