import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { loadRecordedPlans } from '../oracle/recorded.js';
import { loadSchemas } from '../spec/schemas.js';
import type { ApartSubject } from '../process/apart-subject.js';
import { type ProcessKind, processLaunch } from '../subjects/process-launch.js';
import { processSubject } from '../subjects/process-subject.js';
import { ProcessVolume } from '../bulk/process-volume.js';
import type { Depth } from '../model/depth.js';

/** The host of the released upstream delegate, below the root; built by `npm run build -- --upstream`. */
const UPSTREAM_HOST = 'native/build/upstream/wsb-host-upstream';

/** A subject in a process of its own, as the bench measures it. */
export interface ProcessSetup {
  readonly name: string;
  readonly depth: Depth;
  readonly volume: ProcessVolume;
  /** Whether its outcomes have to be the model's; upstream has known divergences. */
  readonly conforms: boolean;
  readonly close: () => Promise<void>;
}

/**
 * What subjects in processes of their own reach: the kit's program, which writes JSON lines as a vendor's would; our delegate in the
 * suite's host, which writes binary frames; and the released upstream delegate where its host is built. Every one has to be closed.
 *
 * @param scratch a folder for what is compiled
 */
export async function processSetups(
  root: string,
  seed: number,
  scratch: string,
): Promise<readonly ProcessSetup[]> {
  const open = async (
    name: string,
    [kind, detail]: readonly [kind: ProcessKind, detail: string | null],
    depth: Depth,
  ): Promise<ProcessSetup> => {
    const schemas = loadSchemas(root);
    const launch = await processLaunch(root, kind, detail, {});
    const recorded = loadRecordedPlans(root, schemas);
    const { apart } = await processSubject(name, launch, { schemas, recorded });
    if (apart === undefined) throw new Error(`${name} does not run in a process of its own.`);
    return setup(name, depth, apart, seed, kind !== 'upstream');
  };
  return [
    await open('decisions, a process, JSON lines', ['exec', await compiledKit(root, scratch)], 'decision'),
    await open('decisions, a process, binary', ['native-process', null], 'decision'),
    await open('programs, a process, binary', ['native-process', null], 'program'),
    ...(existsSync(join(root, UPSTREAM_HOST))
      ? [await open('programs, upstream', ['upstream', null], 'program')]
      : []),
  ];
}

/** The kit's program, compiled as its README says; its path. */
async function compiledKit(root: string, scratch: string): Promise<string> {
  const program = join(scratch, 'subject');
  await execa('g++', ['-std=c++17', '-O2', '-o', program, 'native/kit/subject.cpp'], { cwd: root });
  return program;
}

function setup(
  name: string,
  depth: Depth,
  apart: ApartSubject,
  seed: number,
  conforms: boolean,
): ProcessSetup {
  return { name, depth, conforms, volume: new ProcessVolume(apart, seed), close: () => apart.close() };
}
