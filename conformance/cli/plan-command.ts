import { Command, InvalidArgumentError, Option } from 'commander';
import { renderChart } from '../chart/render-chart.js';
import { replaceFile } from '../files/replace-file.js';
import { visible } from '../model/visible-text.js';
import { type Amount, bytesOf } from '../planning/amount.js';
import { budgetPlan, plannedEngine, type BudgetPlan, type PlannedEngine } from '../planning/budget-plan.js';
import { chooseEngines, EngineChoiceError } from '../planning/choose-engines.js';
import { planChart } from '../planning/plan-chart.js';
import type { ProgramEngine } from '../planning/program-engines.js';
import { EXIT } from '../run/exit-code.js';
import { amountOf, parseCount } from './arguments.js';
import { engineTeller, type TellerOptions } from './engine-teller.js';
import { collect } from './given-options.js';
import { type Output, UsageError } from './output.js';
import { planJson } from './plan-json.js';
import { planText, type ToldPlan } from './plan-text.js';
import { readEngines } from './read-engines.js';
import { streamingBandwidth } from './streaming-bandwidth.js';

interface PlanOptions extends TellerOptions {
  readonly deviceMemory: Amount;
  readonly reserve?: Amount;
  readonly method: readonly string[];
  readonly device?: number;
  readonly runs: readonly RunsOf[];
  readonly budget?: Amount;
  readonly bandwidth?: Amount;
  readonly sweep?: string;
  readonly svg?: string;
  readonly json?: true;
}

/** How often the engines of a method, or one of them, run. */
interface RunsOf {
  readonly name: string;
  readonly runs: bigint;
}

/** `trt-conformance plan FILE.pte`. */
export function planCommand(root: string, output: Output, end: (code: number) => void): Command {
  return new Command('plan')
    .argument('<file>', 'the program (.pte)')
    .requiredOption(
      '--device-memory <bytes>',
      'that is free before the program is loaded, such as 8GiB',
      bytesGiven,
    )
    .option('--reserve <bytes>', 'to be left free, such as 1GiB or 10%', amountOf)
    .option('--method <name>', 'a method that is loaded, unless all are; may be given again', collect, [])
    .option('--device <n>', 'the device whose engines are planned, where they are on several', parseCount)
    .option(
      '--runs <name=count>',
      'how often a method, or an engine METHOD/INDEX, runs; may be given again',
      collectRuns,
      [],
    )
    .option('--budget <bytes>', 'judge this budget: bytes for each engine, or a share of each', amountOf)
    .option('--engine-facts <file>', 'sizes that --write-engine-facts wrote')
    .option('--tensorrt <folder>', 'ask the libnvinfer in it for the sizes')
    .option('--cudart <file>', 'the CUDA runtime beside it', process.env['WSB_CUDART_LIBRARY'])
    .option('--write-engine-facts <file>', 'write what TensorRT says, for a machine without it')
    .addOption(
      new Option('--bandwidth <rate>', 'bytes streamed a second, such as 25GB/s')
        .argParser(bandwidthOf)
        .conflicts('sweep'),
    )
    .option('--sweep <file>', 'take the bandwidth from that sweep.jsonl')
    .option('--svg <file>', 'draw the plan there')
    .option('--json', 'as a JSON object')
    .addHelpText('after', HELP)
    .action(async (file: string, options: PlanOptions) => {
      end(await plan(root, file, options, output));
    });
}

const HELP = `
Ends with 0 where the engines fit, with --budget with that one; with 1 where
they do not, and with 5 where the sizes of an engine are not known.

Example: trt-conformance plan model.pte --device-memory 8GiB --reserve 1GiB`;

function bytesGiven(text: string): Amount {
  const amount = amountOf(text);
  if (amount.kind === 'bytes') return amount;
  throw new InvalidArgumentError('Give bytes: nobody knows here of what it is a share.');
}

function bandwidthOf(text: string): Amount {
  const amount = bytesGiven(text.replace(/\/s$/, ''));
  if (bytesOf(amount, 0n) > 0n) return amount;
  throw new InvalidArgumentError('Give more than 0.');
}

function collectRuns(text: string, before: readonly RunsOf[]): RunsOf[] {
  const equals = text.lastIndexOf('=');
  if (equals > 0)
    return [...before, { name: text.slice(0, equals), runs: BigInt(parseCount(text.slice(equals + 1))) }];
  throw new InvalidArgumentError('Give a method or an engine, and a count, such as decode=256.');
}

async function plan(root: string, file: string, options: PlanOptions, output: Output): Promise<number> {
  const memory = bytesOf(options.deviceMemory, 0n);
  const reserve = options.reserve === undefined ? 0n : bytesOf(options.reserve, memory);
  const bandwidth = streamingBandwidth(root, options);
  const { told, asked } = await engineTeller(root, file, options, output);
  const read = readEngines(root, file, output, told);
  const { engines, arenas } = chosen(read, options);
  const runs = runsOf(engines, options.runs);
  const planned = engines.map((engine, at) => plannedEngine(engine, runs[at] ?? 1n));
  const known = planned.filter((engine) => engine !== null);
  const common = { file, memory, reserve, arenas, bandwidth, asked, engines };
  const isKnown = known.length === engines.length;
  const result = isKnown ? budgetPlan(known, memory - reserve - arenas, given(known, options.budget)) : null;
  const done: ToldPlan = { ...common, known, plan: result };
  if (options.svg !== undefined && result !== null)
    replaceFile(options.svg, await renderChart(planChart(result)));
  output.out(options.json === true ? planJson(done) : planText(done));
  return result === null ? EXIT.incomplete : fits(result) ? EXIT.conforms : EXIT.doesNotConform;
}

function chosen(
  read: ReturnType<typeof readEngines>,
  { method, device }: PlanOptions,
): ReturnType<typeof chooseEngines> {
  try {
    return chooseEngines(read, method, device ?? null);
  } catch (cause) {
    if (cause instanceof EngineChoiceError) throw new UsageError(cause.message, { cause });
    throw cause;
  }
}

/** How often each engine runs: what is said of it, else of its method, else once. */
function runsOf(engines: readonly ProgramEngine[], given: readonly RunsOf[]): readonly bigint[] {
  for (const { name } of given) {
    if (engines.some((engine) => engine.name === name || engine.method === name)) continue;
    throw new UsageError(
      visible`--runs names ${JSON.stringify(name)}, which is no method or engine that is planned.`,
    );
  }
  return engines.map((engine) => {
    const own = given.findLast(({ name }) => name === engine.name);
    return (own ?? given.findLast(({ name }) => name === engine.method))?.runs ?? 1n;
  });
}

function given(engines: readonly PlannedEngine[], amount: Amount | undefined): readonly bigint[] | null {
  return amount === undefined ? null : engines.map(({ streamable }) => bytesOf(amount, streamable));
}

/** Whether what was asked about fits: the budgets given, else any at all. */
function fits({ given: asked, each, room }: BudgetPlan): boolean {
  return asked === null ? each !== null : asked.need <= room;
}
