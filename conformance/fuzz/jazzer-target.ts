import { readerTarget } from './targets/reader-targets.js';

const target = readerTarget(process.env['TRT_FUZZ_TARGET'] ?? '');

/** What Jazzer.js calls with each input; what the reader throws is a finding. */
export function fuzz(input: Buffer): void {
  target.read(new Uint8Array(input));
}
