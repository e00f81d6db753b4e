import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HOLE_BYTES = 2 ** 24;
const BLOCK_BYTES = 512;

/** Whether a hole of a file takes no room where temporary files are. */
export function hasSparseFiles(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'sparse-'));
  try {
    const file = join(folder, 'hole');
    writeFileSync(file, '');
    truncateSync(file, HOLE_BYTES);
    return statSync(file).blocks * BLOCK_BYTES < HOLE_BYTES / 2;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
