import { join } from 'node:path';
import type { Policy } from '../../reference/index.js';
import { SubjectError } from '../model/subject-error.js';
import { nativeBuild } from '../native-home.js';
import { policyOracles } from '../oracle/oracle.js';
import type { PlayCases } from '../run/blocks/fixed-cases.js';
import type { Section } from '../run/plan/section.js';
import { loadSchemas } from '../spec/schemas.js';
import { builtNative } from '../subjects/built-native.js';
import type { OpenSubject } from '../subjects/open-subject.js';
import { type CheckEngines, runDeviceChecks } from './device-checks/run-device-checks.js';
import { builtEngines } from './tensorrt/built-engines.js';
import { LARGE, MIDDLE, RESIDENT, STREAMING, type EngineSet } from './tensorrt/engine-kind.js';
import { isPlainDevice } from './tensorrt/map-case.js';
import { modelledEngines } from './tensorrt/modelled-engines.js';
import { realPlayer } from './tensorrt/play-cases.js';
import { lookingThrough, type Machine, probe } from './tensorrt/probe.js';
import { scratchFolder } from './tensorrt/scratch-folder.js';
import { interposedSubject } from './tensorrt/interposed-subject.js';
import { findLibraries, type TensorRtLibraries } from './tensorrt/tensorrt-libraries.js';

/** Which TensorRT a run is made on, and with what. */
export interface TensorRtOptions {
  /** The mutant of our delegate to run; null for the delegate itself. */
  readonly mutant: string | null;
  readonly policy: Policy;
  /** The folder of libnvinfer. */
  readonly folder: string;
  /** The CUDA runtime; null for the one that is installed. */
  readonly cudart: string | null;
  /** Where engines are kept from run to run; null for a folder that goes with the run. */
  readonly engines: string | null;
  /** Told of each device check that was made, by a line. */
  readonly onCheck: (line: string) => void;
}

/** Our delegate on a real TensorRT, or on the simulated libraries in its place. */
export interface OpenTensorRt {
  readonly opened: OpenSubject;
  readonly play: PlayCases;
  /** The device checks, as a section of a run. */
  readonly checks: Section;
  /** Ends what was started and removes what was written for the run. */
  readonly close: () => Promise<void>;
}

/**
 * Opens our delegate on a TensorRT. It has to be closed.
 *
 * @param root the folder of the suite
 * @throws SubjectError when TensorRT, a GPU or a part of the suite is missing.
 */
export async function openTensorRt(root: string, options: TensorRtOptions): Promise<OpenTensorRt> {
  await builtNative(root);
  const { mutant, policy, onCheck } = options;
  const libraries = await findLibraries(options.folder, options.cudart);
  const looking = lookingThrough(root, libraries);
  const machine = await probe(looking, libraries);
  const oracles = policyOracles(() => null);
  const scratch = scratchFolder('trt-conformance-');
  try {
    const set = engineSet(root, libraries, machine, options.engines ?? scratch.path);
    const interposed = await interposedSubject(root, loadSchemas(root), mutant, policy, libraries);
    const subject = { ...interposed, versions: { ...interposed.versions, ...machine.versions } };
    const played = async () => {
      const engines = await set.build([RESIDENT, ...STREAMING]);
      return { engines, devices: machine.devices, policy, oracle: oracles[policy] };
    };
    let real: ReturnType<typeof played> | null = null;
    return {
      opened: { subject, oracle: oracles[policy], policies: { own: policy, oracles } },
      play: realPlayer(subject, () => (real ??= played())),
      checks: {
        kind: 'checks',
        name: 'device',
        make: async () =>
          runDeviceChecks(
            looking,
            await checkEngines(set),
            { simulated: libraries.simulated, devices: machine.devices },
            ({ name, verdict }) => {
              onCheck(`${name}: ${verdict}`);
            },
          ),
      },
      close: async () => {
        // An error on the way has left its process running, and this one would wait for it.
        await subject.close().catch(() => undefined);
        scratch.remove();
      },
    };
  } catch (error) {
    scratch.remove();
    throw error;
  }
}

/** Of the sections of a run, what real engines can play or what never needs an engine. */
export function onDevice(section: Section): readonly Section[] {
  // What was recorded are plans of another machine.
  if (section.kind !== 'fixed' || section.name === 'recorded') return [];
  if (section.name !== 'golden') return [section];
  const cases = section.cases.filter(
    ({ case: { request }, expected }) => expected?.engines.length === 0 && isPlainDevice(request),
  );
  return cases.length === 0 ? [] : [{ ...section, cases }];
}

function engineSet(root: string, libraries: TensorRtLibraries, machine: Machine, folder: string): EngineSet {
  return libraries.simulated
    ? modelledEngines(folder)
    : builtEngines(folder, join(nativeBuild(root), 'engine-builder'), libraries.folder, machine.text);
}

async function checkEngines(set: EngineSet): Promise<CheckEngines> {
  const [small, middle, large] = await set.build([STREAMING[2], MIDDLE, LARGE]);
  if (small === undefined || middle === undefined || large === undefined) {
    throw new SubjectError('missing', 'The engines of the device checks were not built.');
  }
  return { small, middle, large };
}
