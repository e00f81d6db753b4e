import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';

/** What distributions call it, in the order in which they are looked for. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];

/**
 * The program of a Chromium: what the environment variable CHROMIUM names, or the first on the
 * PATH; null where there is none, for {@link skippedWithout}.
 */
export function chromiumProgram(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | null {
  const named = environment['CHROMIUM'] ?? '';
  if (named !== '') return isProgram(named) ? named : null;
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram) ?? null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A browser to look at pages with; it is closed by `close`, with all that it kept. */
export interface TestBrowser {
  readonly context: BrowserContext;
  readonly close: () => Promise<void>;
}

/** It talks to nobody of its own accord, and has no sandbox, which needs rights that CI lacks. */
const ARGUMENTS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** Starts a Chromium with a fresh profile. Without scripts, where `scripts` is false. */
export async function startChromium(scripts = true): Promise<TestBrowser> {
  const executablePath = chromiumProgram();
  if (executablePath === null) {
    throw new Error('There is no Chromium: install it (apt-get install chromium), or name it in CHROMIUM.');
  }
  const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: ARGUMENTS,
    javaScriptEnabled: scripts,
    // For axe-core, which a test puts into a page; what a page itself may do is tested apart.
    bypassCSP: false,
  });
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
