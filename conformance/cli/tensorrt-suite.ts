import { join, resolve } from 'node:path';
import { quote } from 'shlex';
import type { Case } from '../model/case.js';
import { headerOf, packageOf } from '../report/header.js';
import { reportLines } from '../report/report-lines.js';
import { clearReport, findingFile, writeReport } from '../report/write-report.js';
import { filterOf } from '../model/filter.js';
import type { Finding } from '../model/finding.js';
import { planDigest } from '../run/plan-digest.js';
import { planRun } from '../run/plan-run.js';
import { Progress } from '../report/progress.js';
import type { Section } from '../run/section.js';
import { loadClauses } from '../spec/load-clauses.js';
import { loadSchemas } from '../spec/schemas.js';
import { policyOracles } from '../oracle/oracle.js';
import type { OutOfProcessSubject } from '../subjects/subject.js';
import { SubjectError } from '../model/subject-error.js';
import { builtEngines } from '../hardware/tensorrt/built-engines.js';
import { runDeviceChecks } from '../hardware/device-checks/run-device-checks.js';
import { LARGE, MIDDLE, RESIDENT, STREAMING } from '../hardware/tensorrt/engine-kind.js';
import type { BuiltEngine, EngineSet } from '../hardware/tensorrt/engine-set.js';
import { modelledEngines } from '../hardware/tensorrt/modelled-engines.js';
import { lookingThrough, type Machine, probe } from '../hardware/tensorrt/probe.js';
import { runTier, subjectOn, withChecks } from '../hardware/tensorrt/run-tier.js';
import { scratchFolder } from '../hardware/tensorrt/scratch-folder.js';
import { interposedSubject } from '../hardware/tensorrt/interposed-subject.js';
import { findLibraries, type TensorRtLibraries } from '../hardware/tensorrt/tensorrt-libraries.js';
import { checksText, unsupportedText } from '../hardware/tensorrt/tier-text.js';
import { exitCodeFor } from '../run/exit-code.js';
import type { Output } from './output.js';
import { readCase } from './replay.js';
import type { SuiteOptions } from './run-suite.js';
import { NO_HOSTILE } from '../run/run-hostile.js';
import { resultText, startText } from './run-text.js';
import { UsageError } from './usage-error.js';

/** The parameters of every run on a TensorRT: it generates nothing. */
const WRITTEN_CASES = {
  cases: 0,
  decisions: 0,
  depth: 'program',
  exhaustive: false,
  time: null,
  backendId: null,
} as const;

/** What the user asked `run --tensorrt` for. */
export interface TensorRtOptions extends Pick<
  SuiteOptions,
  'subject' | 'filter' | 'policy' | 'report' | 'seed'
> {
  /** The folder of TensorRT; true: the one that TENSORRT_ROOT names. */
  readonly tensorrt: string | true;
  readonly cudart?: string;
  /** Where engines are kept from run to run. */
  readonly engines?: string;
  /** The file of a case to run alone. */
  readonly case?: string;
}

/**
 * Runs the cases that real engines can play on our delegate and a real TensorRT, then looks at what only a device can show; prints the
 * table and writes the report; gives the exit code.
 *
 * @throws UsageError when another subject than our delegate is asked for, or no case is chosen.
 * @throws SubjectError when TensorRT, a GPU or a part of the suite is missing.
 */
export async function runOnTensorRt(root: string, options: TensorRtOptions, output: Output): Promise<number> {
  const mutant = mutantOf(options.subject);
  const libraries = await findLibraries(folderOf(options.tensorrt), options.cudart ?? null);
  const looking = lookingThrough(root, libraries);
  const machine = await probe(looking, libraries);
  const schemas = loadSchemas(root);
  const policy = options.policy ?? 'fitting';
  const oracles = policyOracles(() => null);
  const filter = options.filter === undefined ? null : filterOf(options.filter);
  const nothing = { cases: 0, decisions: 0, exhaustive: false, volume: false, written: true } as const;
  const planned = (): Played[] =>
    planRun({
      ...nothing,
      root,
      schemas,
      policies: { own: policy, oracles },
      seed: options.seed,
      filter,
    }).flatMap(onDevice);
  const sections = options.case === undefined ? planned() : [alone(readCase(root, options.case))];
  if (sections.length === 0) throw new UsageError(`No case matches ${options.filter ?? 'that'}.`);
  clearReport(options.report);
  const scratch = scratchFolder('trt-conformance-');
  const progress = new Progress(output.err);
  let subject: OutOfProcessSubject | undefined;
  try {
    subject = await interposedSubject(root, schemas, mutant, policy, libraries);
    const own = headerOf(packageOf(root), subject, {
      seed: options.seed,
      generated: 0,
      decisions: 0,
      filter: options.filter ?? null,
      options: { ...WRITTEN_CASES, policy },
      plan: planDigest(sections),
    });
    const header = { ...own, subject: subjectOn(own.subject, machine.versions) };
    output.out(startText(header));
    const set = engineSet(root, libraries, machine, resolve(options.engines ?? scratch.path));
    const engines = await set.build([RESIDENT, ...STREAMING]);
    const checks = async (): ReturnType<typeof runDeviceChecks> => {
      progress.end();
      const made = await checkEngines(set);
      return runDeviceChecks(looking, made, libraries.simulated, (check) => {
        output.err.write(`${check.name}: ${check.verdict}\n`);
      });
    };
    const tier = await runTier(
      {
        subject,
        policy,
        oracle: oracles[policy],
        engines,
        sections,
        checks: filter === null && options.case === undefined ? checks : null,
      },
      (section, done) => {
        progress.update(section, done);
      },
    );
    progress.end();
    const replay = (finding: Finding): string => replayText(options, finding);
    writeReport(
      options.report,
      withChecks(reportLines(header, tier.result, replay, null), tier.checks),
      tier.result.findings,
    );
    const notes = unsupportedText(tier.unsupported) + checksText(tier.checks);
    output.out(resultText(tier.result, loadClauses(root), replay, null, NO_HOSTILE, options.report, notes));
    return exitCodeFor(tier.result.verdicts);
  } finally {
    progress.end();
    // An error on the way has left its process running, and this one would wait for it.
    await subject?.close().catch(() => undefined);
    scratch.remove();
  }
}

/** Cases that are written down. */
type Played = Section & { kind: 'fixed' };

function alone(one: Case): Played {
  return { kind: 'fixed', name: 'case', cases: [{ case: one, expected: null }] };
}

/** The mutant of our delegate that a subject names; null for the delegate itself. */
function mutantOf(subject: string): string | null {
  const match = /^native(?::(.+))?$/.exec(subject);
  if (match !== null) return match[1] ?? null;
  throw new UsageError(
    `On a real TensorRT our own delegate is run: native or native:MUTANT, not ${subject}.`,
  );
}

function folderOf(given: string | true): string {
  if (given !== true) return given;
  const named = process.env['TENSORRT_ROOT'];
  if (named !== undefined && named !== '') return named;
  throw new UsageError('Give --tensorrt the folder of TensorRT, or name it in TENSORRT_ROOT.');
}

/** Of the sections of a run those that can be played with engines of this machine, and of kept programs what never needs one. */
function onDevice(section: Section): readonly Played[] {
  // What was recorded are plans of another machine.
  if (section.kind !== 'fixed' || section.name === 'recorded') return [];
  if (section.name !== 'golden') return [section];
  const cases = section.cases.filter(
    ({ case: { request }, expected }) => expected?.engines.length === 0 && request.device.faults.length === 0,
  );
  return cases.length === 0 ? [] : [{ ...section, cases }];
}

function engineSet(root: string, libraries: TensorRtLibraries, machine: Machine, folder: string): EngineSet {
  return libraries.simulated
    ? modelledEngines(folder)
    : builtEngines(folder, join(root, 'native/build/engine-builder'), libraries.folder, machine.text);
}

async function checkEngines(set: EngineSet): Promise<Parameters<typeof runDeviceChecks>[1]> {
  const [small, middle, large]: readonly (BuiltEngine | undefined)[] = await set.build([
    STREAMING[2],
    MIDDLE,
    LARGE,
  ]);
  if (small === undefined || middle === undefined || large === undefined) {
    throw new SubjectError('missing', 'The engines of the device checks were not built.');
  }
  return { small, middle, large };
}

/** The command that shows a finding again. */
function replayText(
  { subject, tensorrt, cudart, policy, report }: TensorRtOptions,
  finding: Finding,
): string {
  const folder = tensorrt === true ? '' : ` ${quote(tensorrt)}`;
  const runtime = cudart === undefined ? '' : ` --cudart ${quote(cudart)}`;
  const chosen = policy === undefined ? '' : ` --policy ${policy}`;
  const file = quote(findingFile(report, finding));
  return `npx trt-conformance run --subject ${quote(subject)} --tensorrt${folder}${runtime}${chosen} --case ${file}`;
}
