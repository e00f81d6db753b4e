import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nativeBuild } from '../native-home.js';
import { EXIT } from '../run/exit-code.js';
import { exitCodeOf } from '../run/conclusion.js';
import { DELEGATE_LIBRARY } from '../subjects/native-library.js';
import { suiteRoot } from '../suite-root.js';
import { failureText } from './failure-text.js';
import { readSanitizeOptions, type SanitizeOptions } from './sanitize-options.js';
import { type DonePart, isClean, resultTable } from './result-table.js';
import type { Sanitizer } from './sanitizer.js';
import { buildPreset } from './start.js';

/*
 * npm run sanitize: builds all that is ours with AddressSanitizer, UndefinedBehaviorSanitizer and
 * LeakSanitizer, then with ThreadSanitizer, and runs all that there is to run. ExecuTorch's own
 * libraries are those of its wheel, in which nothing is watched but what they ask of the C library.
 * Exit codes: 0 nothing was reported, 1 something was, or did not end well, 2 usage, 4 something is
 * missing or does not compile.
 */

const root = suiteRoot();
/** What every part needs of native/CMakeLists.txt. */
const TARGETS = ['nvinfer', 'cudart', 'nvinfer_10', 'nvinfer_11', 'cudart_12', 'cudart_13', 'trtsim'];

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const options = readSanitizeOptions(args);
  if ('text' in options) {
    (options.exitCode === 0 ? process.stdout : process.stderr).write(`${options.text}\n`);
    return options.exitCode;
  }
  const started = performance.now();
  const done: DonePart[] = [];
  // Its real name: reports tell of files by that.
  const scratch = mkdtempSync(join(realpathSync(tmpdir()), 'sanitize-'));
  try {
    for (const sanitizer of options.sanitizers) {
      if (!(await build(sanitizer, options))) return EXIT.infrastructure;
      done.push(...(await runParts(sanitizer, options, scratch)));
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  process.stdout.write(`\n${resultTable(done)}\n\n${seconds} s, building included.\n`);
  return exitCodeOf(done.every(({ result }) => isClean(result)));
}

async function build({ preset }: Sanitizer, { parts, mutant }: SanitizeOptions): Promise<boolean> {
  say(`building with the preset ${preset}`);
  const delegate = mutant === null ? 'tensorrt_delegate' : `mutant-${mutant}`;
  const targets = new Set([delegate, 'wsb-host', ...TARGETS, ...parts.flatMap((part) => part.targets)]);
  return (await buildPreset(root, preset, [...targets])) === 0;
}

async function runParts(
  sanitizer: Sanitizer,
  { parts, mutant, ...chosen }: SanitizeOptions,
  scratch: string,
): Promise<DonePart[]> {
  const built = join(nativeBuild(root), sanitizer.preset);
  const folder = join(scratch, sanitizer.name);
  mkdirSync(folder);
  const delegate = join(built, ...(mutant === null ? [] : ['mutants', mutant]), DELEGATE_LIBRARY);
  const done: DonePart[] = [];
  for (const { name, run } of parts) {
    say(`${sanitizer.name}: ${name}`);
    const started = performance.now();
    const result = await run({ root, sanitizer, build: built, delegate, scratch: folder, ...chosen });
    const subject = `${name}${mutant === null ? '' : ` (${mutant})`} with the sanitizer ${sanitizer.name}`;
    process.stdout.write(failureText(subject, result));
    done.push({ sanitizer: sanitizer.name, part: name, result, milliseconds: performance.now() - started });
  }
  return done;
}

function say(message: string): void {
  process.stderr.write(`sanitize: ${message}\n`);
}
