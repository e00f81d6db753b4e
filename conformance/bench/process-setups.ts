import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { openSubject } from '../subjects/open-subject.js';
import { BulkProcesses } from '../bulk/bulk-processes.js';
import type { Depth } from '../model/depth.js';

/** The host of the released upstream delegate; built by `npm run build -- --upstream`. */
const UPSTREAM_HOST = 'native/build/upstream/wsb-host-upstream';

/** A subject in a process of its own, as the bench measures it. */
export interface ProcessSetup {
  readonly name: string;
  readonly depth: Depth;
  readonly bulk: BulkProcesses;
  /** Whether its outcomes have to be the model's; upstream has known divergences. */
  readonly conforms: boolean;
  readonly close: () => Promise<void>;
}

/**
 * What subjects in processes of their own reach: the kit's program, which writes JSON lines as a
 * vendor's would; our delegate in the suite's host, which writes binary frames; and the released
 * upstream delegate where its host is built. Every one has to be closed.
 *
 * @param scratch a folder for what is compiled
 */
export async function processSetups(
  root: string,
  seed: number,
  scratch: string,
): Promise<readonly ProcessSetup[]> {
  const open = async (name: string, subjectName: string, depth: Depth, count = 1): Promise<ProcessSetup> => {
    const { subject } = await openSubject(subjectName, root, 'bench');
    if (subject.kind === 'in-process') throw new Error(`${name} does not run out of process.`);
    return {
      name,
      depth,
      conforms: subjectName !== 'upstream',
      bulk: new BulkProcesses(subject, seed, undefined, count),
      close: subject.close,
    };
  };
  return [
    await open('decisions, a process, JSON lines', `exec:${await compiledKit(root, scratch)}`, 'decision'),
    await open('decisions, a process, binary', 'native-process', 'decision'),
    await open('programs, a process, binary', 'native-process', 'program'),
    ...(existsSync(join(root, UPSTREAM_HOST))
      ? [
          await open('programs, upstream', 'upstream', 'program'),
          await open('programs, upstream, two processes', 'upstream', 'program', 2),
        ]
      : []),
  ];
}

/** The kit's program, compiled as its README says; its path. */
async function compiledKit(root: string, scratch: string): Promise<string> {
  const program = join(scratch, 'subject');
  await execa('g++', ['-std=c++17', '-O2', '-o', program, 'native/kit/subject.cpp'], { cwd: root });
  return program;
}
