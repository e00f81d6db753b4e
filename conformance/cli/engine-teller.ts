import { replaceFile } from '../files/replace-file.js';
import { describePlan, type DescribedPlan } from '../hardware/sweep/describe-plans.js';
import { measuredMachine } from '../hardware/sweep/measured-machine.js';
import { lineList, visible, visibleJson } from '../model/visible-text.js';
import { engineFacts, type EngineFactsFile } from '../planning/engine-facts.js';
import type { ProgramEngine } from '../planning/program-engines.js';
import { type EngineTeller, factsTeller, NOBODY, readFactsTeller } from './facts-teller.js';
import { type Output, UsageError } from './output.js';
import { readEngines } from './read-engines.js';

/** Who is asked for the sizes of engines. */
export interface TellerOptions {
  readonly engineFacts?: string;
  readonly tensorrt?: string;
  readonly cudart?: string;
  readonly writeEngineFacts?: string;
}

/**
 * Asks TensorRT for the sizes of the engines of a program, or reads what it said earlier.
 *
 * @throws UsageError for options that do not go together, or a file that is not of that kind
 * @throws SubjectError when TensorRT cannot be asked
 */
export async function engineTeller(
  root: string,
  file: string,
  options: TellerOptions,
  output: Output,
): Promise<EngineTeller> {
  const { engineFacts: known, tensorrt, writeEngineFacts } = options;
  if (tensorrt === undefined) {
    if (writeEngineFacts !== undefined) {
      throw new UsageError(
        '--write-engine-facts writes what TensorRT says: give --tensorrt its folder, too.',
      );
    }
    return known === undefined ? NOBODY : readFactsTeller(root, known);
  }
  if (known !== undefined) throw new UsageError('Give --tensorrt or --engine-facts, not both.');
  const facts = await askedFacts(root, file, { ...options, tensorrt }, output);
  if (writeEngineFacts !== undefined) replaceFile(writeEngineFacts, lineList([visibleJson(facts, null, 2)]));
  return factsTeller(facts);
}

async function askedFacts(
  root: string,
  file: string,
  { tensorrt, cudart }: TellerOptions & { readonly tensorrt: string },
  output: Output,
): Promise<EngineFactsFile> {
  const machine = await measuredMachine(root, tensorrt, cudart ?? null);
  const { engines } = readEngines(root, file, output);
  const told: { readonly engine: ProgramEngine; readonly sizes: DescribedPlan }[] = [];
  for (const engine of engines) {
    // Neither the real TensorRT nor the simulated one knows the plans of the other.
    const isScripted = engine.sizes?.from === 'scripted' || engine.sizes?.from === 'modelled';
    if (engine.plan === null || isScripted !== machine.simulated) continue;
    output.err.write(visible`Asking TensorRT about ${engine.name}.\n`);
    told.push({ engine, sizes: await describePlan(machine, file, engine.plan) });
  }
  const [first] = told;
  return {
    version: 1,
    tensorrt: first?.sizes.tensorrt ?? 'not asked',
    gpu: machine.gpu,
    simulated: machine.simulated,
    engines: told.flatMap(({ engine, sizes }) =>
      engine.plan === null ? [] : [engineFacts(engine, engine.plan, sizes)],
    ),
  };
}
