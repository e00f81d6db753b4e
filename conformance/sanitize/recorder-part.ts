import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { encodePlan } from '../../reference/plan/encode-plan.js';
import { scriptedPlan } from '../../reference/plan/plan.js';
import { replaceFile } from '../files/replace-file.js';
import { checkRecording } from '../hardware/recordings/check-recording.js';
import { nativeSimulator } from '../hardware/recordings/native-simulator.js';
import { loadRecordings } from '../hardware/recordings/recording-files.js';
import { countText } from '../model/count-text.js';
import { loadSchemas } from '../spec/schemas.js';
import type { Part, Setting } from './part.js';
import { countReports, reportsIn } from './sanitizer-report.js';
import { reportsOf, watch, type Watched } from './start.js';

/** The recorder on the simulated TensorRT: it records a plan, and replays every recording. */
export const RECORDER_PART: Part = {
  name: 'recorder',
  targets: ['recorder'],
  run: async (setting) => {
    const recorded = await record(setting);
    const replayed = await replayAll(setting);
    return {
      ran: `${countText(replayed.calls)} calls`,
      reports: countReports([...reportsOf(recorded), ...replayed.reports]),
      failures: [
        ...(recorded.exitCode === 0 ? [] : [`a recording ended with ${recorded.exitCode}:\n${recorded.all}`]),
        ...replayed.failures,
      ],
    };
  },
};

/** Each sequence of calls of a recording is one process of the recorder. */
async function record({ root, sanitizer, build, scratch }: Setting): Promise<Watched> {
  const folder = join(scratch, 'recorded');
  mkdirSync(folder);
  const plan = join(folder, 'streamed.plan');
  const sizes = { streamable: 2n ** 26n, scratch: 2n ** 24n, activations: 2n ** 20n, automatic: 0n };
  replaceFile(plan, encodePlan(scriptedPlan({ kind: 'modelled', ...sizes })));
  const words = ['--gpu', 'simulated', '--driver', 'none', '--date', '2026-01-01'];
  const files = ['--engine', `l8d2048b1=${plan}`, '--output', join(folder, 'recording.jsonl')];
  return watch(
    sanitizer,
    join(scratch, 'record'),
    [join(build, 'recorder'), '--tensorrt', build, ...words, '--device-memory', String(2 ** 30), ...files],
    root,
  );
}

async function replayAll({ root, sanitizer, build, scratch }: Setting) {
  const folder = join(scratch, 'replay');
  mkdirSync(folder);
  const simulator = nativeSimulator(build, sanitizer.env(folder));
  const failures: string[] = [];
  let calls = 0;
  for (const { name, recording } of loadRecordings(root, loadSchemas(root))) {
    try {
      const { compared, differences } = await checkRecording(recording, simulator);
      calls += compared;
      if (differences.length > 0) failures.push(`${name}: ${differences.length} answers differ`);
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { calls, failures, reports: reportsIn(folder) };
}
