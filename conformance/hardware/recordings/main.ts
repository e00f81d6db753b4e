import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../../run/exit-code.js';
import { nativeBuild } from '../../native-home.js';
import { exitCodeOf } from '../../run/conclusion.js';
import { DocumentError, loadSchemas } from '../../spec/schemas.js';
import { suiteRoot } from '../../suite-root.js';
import { checkRecording, type Simulator } from './check-recording.js';
import { nativeSimulator } from './native-simulator.js';
import { loadRecordings, type RecordingFile } from './recording-files.js';
import { answerOnReference } from './reference-simulator.js';
import { resultTable, type NamedResult } from './result-table.js';

/*
 * npm run simulator:check: replays every recording of a real TensorRT on the simulated one, on the
 * native simulator and on the reference's, and ends with 1 when an answer differs, with 4 when a
 * recording is damaged. Needs no GPU.
 */

const root = suiteRoot();
const simulators: readonly (readonly [string, Simulator])[] = [
  ['reference', (runs) => runs.map(answerOnReference)],
  ['native', nativeSimulator(nativeBuild(root))],
];

/** The recordings; null, with what is wrong, when one breaks its format. */
function recordings(): readonly RecordingFile[] | null {
  try {
    return loadRecordings(root, loadSchemas(root));
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    process.exitCode = EXIT.infrastructure;
    return null;
  }
}

async function check(files: readonly RecordingFile[]): Promise<void> {
  const results: NamedResult[] = [];
  for (const { name, recording } of files) {
    for (const [simulator, answer] of simulators) {
      results.push({ recording: name, simulator, result: await checkRecording(recording, answer) });
    }
  }
  const differences = results.reduce((sum, { result }) => sum + result.differences.length, 0);
  process.stdout.write(`${resultTable(results)}\n\n${differences} differences.\n`);
  process.exitCode = exitCodeOf(differences === 0);
}

if (existsSync(join(root, 'native', 'build', 'libtrtsim.so'))) {
  const files = recordings();
  if (files !== null) await check(files);
} else {
  process.stderr.write(
    'The native simulator is not built; npx trt-conformance doctor says what is missing.\n',
  );
  process.exitCode = EXIT.infrastructure;
}
