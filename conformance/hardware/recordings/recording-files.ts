import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Schemas } from '../../spec/schemas.js';
import { parseRecording, type Recording } from '../../golden/recording.js';

/**
 * Where the recordings lie, below the root of the suite. What else was kept of a run on a GPU has a
 * folder of its own there.
 */
const FOLDER = 'golden/recorded';

/** A recording and the name of its file. */
export interface RecordingFile {
  readonly name: string;
  readonly recording: Recording;
}

/**
 * The recordings below `root`, by name.
 *
 * @throws DocumentError when one breaks the format.
 */
export function loadRecordings(root: string, schemas: Schemas): readonly RecordingFile[] {
  return readdirSync(join(root, FOLDER))
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => {
      const file = `${FOLDER}/${name}`;
      return { name, recording: parseRecording(readFileSync(join(root, file), 'utf8'), file, schemas) };
    });
}
