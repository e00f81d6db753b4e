import { main } from './main.js';

/** What a command ended with, and what it wrote. */
export interface Captured {
  readonly code: number;
  /** What was asked for. */
  readonly out: string;
  /** Everything else: progress, and what went wrong. */
  readonly err: string;
}

/** Runs the command trt-conformance in this process, for tests, and keeps what it writes. */
export async function capturedMain(...argv: readonly string[]): Promise<Captured> {
  const texts = { out: '', err: '' };
  const code = await main(argv, {
    out: (text) => void (texts.out += text),
    err: { write: (text) => void (texts.err += text) },
  });
  return { code, ...texts };
}
