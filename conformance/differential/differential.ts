import type { LoadRequest, Step } from '../../reference/request/load-request.js';
import { readProgram, UndefinedBehaviourError, UnmodelledProgramError } from '../../reference/index.js';
import type { Outcome } from '../../reference/outcome/outcome.js';
import { Random } from '../generators/random.js';
import { METHOD } from '../model/names.js';
import type { Oracle } from '../oracle/oracle.js';
import { isOtherRuntimeUse } from '../oracle/is-other-runtime-use.js';
import { answerList, type Answer } from '../process/answers.js';
import { maskAnswer } from '../process/mask-answer.js';
import { lackingCapability } from '../process/needed-capability.js';
import type { OutOfProcessSubject } from '../subjects/subject.js';
import { CaseBatch } from '../protocol/case-batch.js';
import { ByteWriter } from '../wire/byte-writer.js';
import { encodedOutcome } from '../wire/encode-outcome.js';
import { encodeRequest } from '../wire/encode-request.js';
import { restsOnUndecidedLoad, UNDECIDED_LOAD } from './undecided-load.js';
import { mutateProgram, type Seed } from './mutate-program.js';

const DEVICE_BYTES = 2n ** 40n;
const MOST_METHODS = 3;
/** Characters of a name; no character takes more than three bytes of a request. */
const LONGEST_NAME = 20_000;
const BATCH = 512;

/** A request on which reference and runtime part, or which ends the process of the runtime. */
export interface Difference {
  readonly seed: Seed;
  readonly request: LoadRequest;
  readonly expected: Outcome;
  readonly observed: Answer;
}

/** What of a subject mutated programs are run by. */
export type MutatedSubject = Pick<OutOfProcessSubject, 'answer' | 'alone' | 'capabilities' | 'usesRecorded'>;

/** What came of mutated programs. */
export interface Tally {
  programs: number;
  agree: number;
  differ: number;
  crashed: number;
  /** How often the reference names no outcome, by the reason. */
  readonly undefined: Map<string, number>;
}

/** An outcome that is promised, or the reason why there is none. */
export type Promised = Outcome | string;

/** What the reference says of a request, as far as the rulings let it. */
export function promised(oracle: Oracle, request: LoadRequest): Promised {
  try {
    const outcome = oracle(request);
    return restsOnUndecidedLoad(request, outcome) ? UNDECIDED_LOAD : outcome;
  } catch (error) {
    if (error instanceof UndefinedBehaviourError) return error.fault.message;
    if (error instanceof UnmodelledProgramError) return error.message;
    throw error;
  }
}

/** What a subject can be asked of a request, or the reason why it can be asked nothing. */
export function askable(subject: MutatedSubject, drawn: LoadRequest): LoadRequest | string {
  const { capabilities, usesRecorded } = subject;
  const lacking = lackingCapability(drawn, capabilities, usesRecorded);
  if (lacking !== null) return `the subject lacks ${lacking}`;
  return capabilities.verification ? drawn : { ...drawn, verification: 'minimal' };
}

/** Whether a subject did what is expected, as far as it tells what it did. */
export function agrees(
  subject: MutatedSubject,
  oracle: Oracle,
  { request, expected, observed }: Omit<Difference, 'seed'>,
): boolean {
  if (!(observed instanceof Uint8Array)) return false;
  const mask = (record: Uint8Array): Uint8Array => maskAnswer('program', record, subject.capabilities);
  const pair = { expected: mask(encodedOutcome(expected)), observed: mask(observed) };
  return Buffer.compare(pair.observed, pair.expected) === 0 || isOtherRuntimeUse(oracle, request, pair, mask);
}

/**
 * What is done with a program: its methods are loaded, executed and unloaded one by one, in most
 * cases on a large device.
 */
export function drawRequest(random: Random, program: Uint8Array): LoadRequest {
  const verification = random.chance(50) ? 'minimal' : 'internal-consistency';
  const free = random.chance(80) ? DEVICE_BYTES : 1n << BigInt(random.below(41));
  const times = random.chance(80) ? 1 : 2;
  return {
    program,
    verification,
    device: { totalBytes: DEVICE_BYTES, freeBytes: free, faults: [] },
    module: random.chance(80) ? null : { options: null },
    steps: methodsOf(program, verification).flatMap((method): Step[] => [
      { op: 'load', method, options: null },
      ...Array<Step>(times).fill({ op: 'execute', method }),
      { op: 'unload', method },
    ]),
  };
}

/** Names of the first methods, and the usual one. */
function methodsOf(program: Uint8Array, verification: LoadRequest['verification']): readonly string[] {
  const read = readProgram(program, verification, 'zeros');
  const names = read.ok ? read.program.methods.slice(0, MOST_METHODS).map(({ name }) => name) : [];
  return [...new Set([...names.filter((name) => name.length < LONGEST_NAME), METHOD])];
}

/** Mutated programs, given to the reference and to a real runtime in a process of its own. */
export class Differential {
  readonly tally: Tally = { programs: 0, agree: 0, differ: 0, crashed: 0, undefined: new Map() };
  readonly #oracle: Oracle;
  readonly #subject: MutatedSubject;
  readonly #seeds: readonly Seed[];
  readonly #random: Random;
  readonly #writer = new ByteWriter();

  constructor(oracle: Oracle, subject: MutatedSubject, seeds: readonly Seed[], seed: number) {
    this.#oracle = oracle;
    this.#subject = subject;
    this.#seeds = seeds;
    this.#random = new Random(seed);
  }

  /** Makes and judges `count` programs; gives those on which reference and runtime part. */
  async run(count: number): Promise<Difference[]> {
    const found: Difference[] = [];
    for (let left = count; left > 0; left -= BATCH) found.push(...(await this.#batch(Math.min(left, BATCH))));
    return found;
  }

  async #batch(count: number): Promise<Difference[]> {
    const asked: Pick<Difference, 'seed' | 'request' | 'expected'>[] = [];
    this.#writer.clear();
    for (let n = 0; n < count; n++) {
      const seed = this.#random.pick(this.#seeds);
      const program = mutateProgram(this.#random, seed);
      const request = askable(this.#subject, drawRequest(this.#random, program));
      this.tally.programs++;
      if (typeof request === 'string') {
        this.#countUndefined(request);
        continue;
      }
      const expected = promised(this.#oracle, request);
      if (typeof expected === 'string') this.#countUndefined(expected);
      else {
        encodeRequest(this.#writer, request);
        asked.push({ seed, request, expected });
      }
    }
    const answers = await this.#subject.answer(CaseBatch.of('program', this.#writer.take()));
    const list = answerList(answers, 'program');
    return asked.flatMap((one, n) => this.#judge(one, list[n]));
  }

  #judge(one: Omit<Difference, 'observed'>, observed: Answer | undefined): Difference[] {
    if (observed === undefined) throw new Error('The subject answered too few programs.');
    const difference = { ...one, observed };
    if (agrees(this.#subject, this.#oracle, difference)) {
      this.tally.agree++;
      return [];
    }
    if (observed instanceof Uint8Array) this.tally.differ++;
    else this.tally.crashed++;
    return [difference];
  }

  #countUndefined(reason: string): void {
    const kind = reason.replace(/\d+/g, 'N').replace(/"[^"]*"/g, '"…"');
    this.tally.undefined.set(kind, (this.tally.undefined.get(kind) ?? 0) + 1);
  }
}
