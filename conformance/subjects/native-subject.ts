import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { encodePlan, type Policy } from '../../reference/index.js';
import type { RecordedPlan } from '../oracle/recorded.js';
import { SubjectError } from '../model/subject-error.js';
import { visible } from '../model/visible-text.js';
import { nativeBuild } from '../native-home.js';
import { allCapabilities } from '../protocol/capabilities.js';
import { DEFAULT_PROFILE } from '../spec/profile-name.js';
import { bytesFromHex } from '../wire/json/json-bytes.js';
import { hostLaunch } from './host-launch.js';
import type { NativeAddon } from './native-addon.js';
import { nativeLibrary } from './native-library.js';
import type { NativeAfresh } from './out-of-process-subject.js';
import type { InProcessSubject } from './subject.js';
import type { SubjectKind, SubjectSetup } from './subject-kind.js';

/** Our C++ delegate, in this process. */
export const NATIVE: SubjectKind = {
  prefix: 'native',
  names: { native: 'our delegate', 'native:MUTANT': 'our delegate with a deliberate error' },
  takes: ['policy'],
  open: async (name, mutant, setup) => {
    const { root, recorded, policy = 'fitting' } = setup;
    const build = nativeBuild(root);
    const library = await nativeLibrary(root, mutant);
    const subject = nativeSubject(name, build, library, recorded, policy);
    const afresh = inHost({ ...setup, policy }, library);
    return {
      ...subject,
      files: [join(build, ADDON), library],
      // What crashes is the runtime, before any delegate: a mutant has nothing to add to it.
      perCaseProcess: mutant === null ? async (request) => (await afresh()).perCaseProcess(request) : null,
      sequence: async (cases) => (await afresh()).sequence(cases),
    };
  },
};

const ADDON = 'conformance.node';

/**
 * Our C++ delegate in the real ExecuTorch runtime, on the simulated TensorRT, in this process.
 * ExecuTorch keeps one registry of backends a process, so there can be one native subject a
 * process.
 *
 * @param name as it is reported
 * @param build the folder native/build, an absolute path
 * @param delegate the delegate's library, an absolute path
 * @param policy who chooses automatic budgets; null for a library that has no choice of policies
 * @throws SubjectError when it is not built, or another native subject is open in this process.
 */
export function nativeSubject(
  name: string,
  build: string,
  delegate: string,
  recorded: readonly RecordedPlan[],
  policy: Policy | null = 'fitting',
): InProcessSubject {
  const addon = openAddon(build, delegate, policy);
  for (const { sha256, plan } of recorded) addon.recordPlan(bytesFromHex(sha256), encodePlan(plan));
  const { executorch, simulator } = addon.versions();
  const guarded = (call: (batch: Uint8Array) => Uint8Array) => (batch: Uint8Array) => {
    try {
      return call(batch);
    } catch (cause) {
      throw new SubjectError('broken', `The native subject refused a batch: ${messageOf(cause)}`, { cause });
    }
  };
  const decide = addon.decides() ? guarded(blockDecider(addon)) : null;
  return {
    kind: 'in-process',
    name,
    versions: { executorch, tensorrt: `${versionText(simulator)} (simulated)` },
    policy: policy ?? 'upstream',
    profile: DEFAULT_PROFILE,
    files: [],
    capabilities: { ...allCapabilities(), decision: decide !== null },
    perCaseProcess: null,
    close: () => Promise.resolve(),
    run: guarded((requests) => addon.run(requests)),
    decide,
  };
}

/**
 * Runs cases in fresh processes of the suite's host, which starts in milliseconds and holds the
 * same delegate and simulator.
 */
function inHost(setup: SubjectSetup, library: string): () => Promise<NativeAfresh> {
  let opened: Promise<NativeAfresh> | null = null;
  const open = async (): Promise<NativeAfresh> => {
    // Loaded when it is needed: every worker thread would hold what starts processes, too.
    const { nativeAfresh } = await import('./out-of-process-subject.js');
    const launch = { ...hostLaunch(setup, library), passes: setup.env ?? [] };
    return nativeAfresh(launch, setup.recorded, setup.limits);
  };
  return () => {
    opened ??= open();
    return opened;
  };
}

/** Decides blocks into one buffer, which is used again for the next block. */
function blockDecider(addon: NativeAddon): (records: Uint8Array) => Uint8Array {
  let outcomes = new Uint8Array();
  return (records) => {
    if (outcomes.length < 2 * records.length) outcomes = new Uint8Array(2 * records.length);
    return outcomes.subarray(0, addon.decide(records, outcomes));
  };
}

function openAddon(build: string, delegate: string, policy: Policy | null): NativeAddon {
  const file = join(build, ADDON);
  for (const needed of [file, delegate]) {
    if (!existsSync(needed)) {
      throw new SubjectError(
        'missing',
        visible`The native part is not built: there is no ${needed}. Run npx trt-conformance build.`,
      );
    }
  }
  try {
    const addon = createRequire(import.meta.url)(file) as NativeAddon;
    addon.open({
      delegate,
      tensorrt: join(build, 'libnvinfer.so'),
      cudart: join(build, 'libcudart.so'),
      simulator: join(build, 'libtrtsim.so'),
      ...(policy === null ? {} : { policy }),
    });
    return addon;
  } catch (cause) {
    throw new SubjectError(
      'missing',
      `The native part cannot be loaded: ${messageOf(cause)}. Run npx trt-conformance build, and trt-conformance doctor.`,
      { cause },
    );
  }
}

/** 110100 as 11.1.0. */
function versionText(version: number): string {
  return [Math.trunc(version / 10000), Math.trunc(version / 100) % 100, version % 100].join('.');
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
