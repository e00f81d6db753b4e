import { execa } from 'execa';

/** A binary frame of the protocol (spec/protocol.md). */
export interface Frame {
  /** An ASCII letter. */
  readonly kind: string;
  readonly seq: number;
  readonly payload: Buffer;
}

/** All that a subject said and how it ended. */
export interface Conversation {
  /** Its first line, parsed. */
  readonly hello: Readonly<Record<string, unknown>>;
  /** The frames behind it, when it speaks frames. */
  readonly frames: readonly Frame[];
  /** The lines behind it, parsed, when it speaks lines. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly stderr: string;
}

/** What the runner's hello says; `{}` for the usual. */
export interface HelloOptions {
  readonly versions?: readonly number[];
  readonly framings?: readonly string[];
  readonly flush?: 'each' | 'batch';
  readonly progress?: string | null;
}

/** The runner's hello as a line. */
export function helloLine(options: HelloOptions = {}): string {
  const { versions = [1], framings = ['json-lines', 'binary'], flush = 'batch', progress = null } = options;
  const hello = { message: 'hello', versions, framings, flush, progress, specification: '0.2' };
  return `${JSON.stringify(hello)}\n`;
}

/** A frame as bytes. */
export function frame(kind: string, seq = 0, payload: Uint8Array = new Uint8Array()): Buffer {
  const header = Buffer.alloc(9);
  header.writeUInt32LE(header.length + payload.length, 0);
  header.write(kind, 4, 'latin1');
  header.writeUInt32LE(seq, 5);
  return Buffer.concat([header, payload]);
}

/**
 * Runs a subject on all that the runner has to say, given at once: it reads as fast as it likes.
 */
export async function converse(
  command: string,
  args: readonly string[],
  said: readonly (string | Uint8Array)[],
  env: Readonly<Record<string, string>> = {},
): Promise<Conversation> {
  const result = await execa(command, args, {
    input: Buffer.concat(said.map((part) => Buffer.from(part))),
    encoding: 'buffer',
    stripFinalNewline: false,
    reject: false,
    timeout: 20_000,
    maxBuffer: 1 << 28,
    env,
  });
  const output = Buffer.from(result.stdout);
  const end = output.indexOf('\n');
  const hello = JSON.parse(
    output.toString('utf8', 0, end < 0 ? undefined : end) || '{}',
  ) as Conversation['hello'];
  const rest = output.subarray(end + 1);
  const binary = hello['framing'] === 'binary';
  return {
    hello,
    frames: binary ? readFrames(rest) : [],
    lines: binary ? [] : readLines(rest),
    exitCode: result.exitCode,
    signal: result.signal,
    stderr: Buffer.from(result.stderr).toString('utf8'),
  };
}

function readFrames(bytes: Buffer): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = bytes.readUInt32LE(at);
    const kind = bytes.toString('latin1', at + 4, at + 5);
    frames.push({ kind, seq: bytes.readUInt32LE(at + 5), payload: bytes.subarray(at + 9, at + size) });
    at += size;
  }
  return frames;
}

function readLines(bytes: Buffer): Conversation['lines'] {
  const lines = bytes.toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Conversation['lines'][number]);
}
