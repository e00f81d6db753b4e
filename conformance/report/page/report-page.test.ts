import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumProgram, startChromium, type TestBrowser } from '../../testing/chromium.js';
import { skippedWithout } from '../../testing/skipped-without.js';
import type { ToldFinding, ToldReport } from '../told-report.js';
import { reportPage } from './report-page.js';
import { CHECKS, CLAUSES, hostileReport, REAL, reportOf } from './told-reports.js';

/** Some of each kind. */
const VARIED = REAL.filter((_, at) => at % 170 === 0);
/** Milliseconds: axe-core looks at the colours of every text, and 2,000 findings are many. */
const LONG = 300_000;

describe('the text of a page', () => {
  it('is the same for the same report, names nothing outside of it, and holds no control character', async () => {
    const report = reportOf(REAL.slice(0, 40));
    const page = await reportPage([report], CLAUSES);
    expect(await reportPage([report], CLAUSES)).toBe(page);
    expect(page).not.toMatch(/(?:src|href|url)\s*[=(]\s*["']?(?:https?:)?\/\//i);
    expect(page).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
  });

  it('escapes what a report says, so that only its own scripts are in it', async () => {
    const page = await reportPage([hostileReport()], CLAUSES);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toMatch(/<img|<svg\/|onerror="|\u202e/u);
    expect(page).toContain('&#60;/script&#62;&#60;script&#62;');
  });

  it(
    'stays below 3 MB with 2,000 findings, and with findings of any length',
    async () => {
      const findings = REAL;
      const page = await reportPage([reportOf(findings)], CLAUSES);
      expect(Buffer.byteLength(page)).toBeLessThan(3_000_000);
      expect(page.match(/<details\s+class="finding"/g)).toHaveLength(2000);
      const long = findings.map((one): ToldFinding => ({ ...one, replay: 'x'.repeat(1e5) }));
      const cut = await reportPage([reportOf(long)], CLAUSES);
      expect(Buffer.byteLength(cut)).toBeLessThan(3_000_000);
      expect(cut).toMatch(/[\d,]+ more findings are in the report/);
    },
    LONG,
  );
});

describe.skipIf(skippedWithout(chromiumProgram() !== null))('a page in Chromium', () => {
  let browser: TestBrowser;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'page-'));
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function addressOf(...reports: readonly ToldReport[]): Promise<string> {
    const file = join(folder, 'report.html');
    writeFileSync(file, await reportPage(reports, CLAUSES));
    return pathToFileURL(file).href;
  }

  async function opened(address: string): Promise<Page> {
    const page = await browser.context.newPage();
    page.on('pageerror', (error) => {
      throw error;
    });
    await page.goto(address);
    return page;
  }

  it(
    'asks for nothing but itself, and is there soon with 2,000 findings',
    async () => {
      const text = await reportPage([reportOf(REAL.slice(0, 2000))], CLAUSES);
      let requests = 0;
      const server: Server = createServer((_, response) => {
        requests++;
        response.setHeader('content-type', 'text/html; charset=utf-8').end(text);
      });
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      const asked: string[] = [];
      const page = await browser.context.newPage();
      page.on('request', (request) => asked.push(request.url()));
      const { port } = server.address() as AddressInfo;
      await page.goto(`http://127.0.0.1:${port}/`);
      const painted = await page.evaluate<number>(
        `performance.getEntriesByName('first-contentful-paint')[0].startTime`,
      );
      const ready = await page.evaluate<number>(
        `performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd`,
      );
      // Far above what it takes, for machines that do much else.
      expect(Math.max(painted, ready)).toBeLessThan(10_000);
      await page.getByRole('searchbox').fill('WSB-PREC');
      await page.locator('.finding:visible').last().click();
      await expect.poll(() => page.locator('.finding[open] .calls').count()).toBeGreaterThan(0);
      expect(asked.filter((url) => !url.startsWith('data:'))).toHaveLength(1);
      expect(requests).toBe(1);
      await page.close();
      server.close();
    },
    LONG,
  );

  it.each([
    ['light', 1200],
    ['dark', 380],
  ] as const)(
    'gives axe-core nothing to find, %s at %i pixels',
    async (colorScheme, width) => {
      const address = await addressOf(reportOf(VARIED, { checks: CHECKS }));
      const page = await browser.context.newPage();
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await page.goto(address);
      await page.evaluate(OPEN_ALL);
      await expect.poll(() => page.locator('[data-packed]').count()).toBe(0);
      const { violations } = await axe(page);
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''} ${nodes[0]?.failureSummary ?? ''}`),
      ).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      await page.close();
    },
    LONG,
  );

  it('shows hostile text and runs none of it', async () => {
    const page = await browser.context.newPage();
    const said: string[] = [];
    page.on('dialog', (dialog) => void dialog.dismiss());
    page.on('console', (message) => said.push(message.text()));
    await page.goto(await addressOf(hostileReport(), reportOf([])));
    await page.evaluate(OPEN_ALL);
    expect(await page.evaluate(`'pwned' in window`)).toBe(false);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('.conclusion').first().textContent()).toContain(
      '</script><script>window.pwned',
    );
    expect(said).toEqual([]);
    // Were a text not escaped, the policy of the page would still keep it from running.
    await page.evaluate(INJECT);
    await expect.poll(() => said.filter((text) => text.includes('Content Security Policy')).length).toBe(2);
    expect(await page.evaluate(`'pwned' in window`)).toBe(false);
    await page.close();
  });

  it('keeps its filters in the address, and is used with keys alone', async () => {
    const address = await addressOf(reportOf(REAL.slice(0, 60)));
    const page = await opened(address);
    await page.keyboard.press('/');
    await page.keyboard.type('wsb-parse-03');
    expect(new URL(page.url()).searchParams.get('text')).toBe('wsb-parse-03');
    await page.keyboard.press('Tab');
    await page.keyboard.type('parsing');
    await expect.poll(() => page.url()).toContain('area=parsing');
    await page.reload();
    expect(await page.getByRole('searchbox').inputValue()).toBe('wsb-parse-03');
    expect(await page.locator('.area tbody tr:visible').count()).toBe(1);
    expect(await page.locator('#shown').textContent()).toMatch(/ of 60 findings, 1 of \d+ clauses$/);
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(() => page.url()).toBe(address);
    expect(await page.locator('.area tbody tr:visible').count()).toBe(CLAUSES.length);
    await page.goto(`${address}?verdict=not-shown&area=nowhere`);
    expect(await page.locator('select[name=area]').inputValue()).toBe('');
    expect(await page.locator('.area tbody tr:visible').count()).toBe(
      17 + CLAUSES.filter(({ judgedBy }) => ['program', 'exporter'].includes(judgedBy)).length,
    );
    await page.close();
  });

  it('leads from a clause to its finding, and copies the command', async () => {
    await browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const report = reportOf(REAL.slice(0, 60));
    const page = await opened(await addressOf(report));
    const last = report.findings.at(-1);
    await page.goto(`${page.url()}#finding-0-${last?.finding.fingerprint ?? ''}`);
    const found = page.locator(`#finding-0-${last?.finding.fingerprint ?? ''}`);
    await expect.poll(() => found.getAttribute('open')).not.toBeNull();
    await found.getByRole('button', { name: 'Copy' }).first().click();
    await expect.poll(() => found.getByRole('button').first().textContent()).toMatch(/^(Copied|Selected)$/);
    const held = await page.evaluate<string>('getSelection().toString() || navigator.clipboard.readText()');
    expect(held).toBe(last?.replay);
    await page.close();
  });

  it(
    'puts several reports side by side, clause by clause',
    async () => {
      const [first] = REAL;
      if (first === undefined) throw new Error('there is no finding');
      const other = reportOf([], { exitCode: 0, demonstrated: null });
      const page = await opened(
        await addressOf(reportOf([first]), {
          ...other,
          header: { ...other.header, subject: { ...other.header.subject, name: 'other' } },
        }),
      );
      const row = page.locator(`[id="${first.finding.clause}"]`);
      expect(await row.locator('td').allInnerTexts()).toEqual([
        expect.stringMatching(/^broken/),
        expect.stringMatching(/^kept/),
      ]);
      expect(await page.locator('.verdict .end').allInnerTexts()).toEqual(['Does not conform', 'Conforms']);
      const { violations } = await axe(page);
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''} ${nodes[0]?.failureSummary ?? ''}`),
      ).toEqual([]);
      await page.close();
    },
    LONG,
  );

  it('says everything but packed drawings without scripts', async () => {
    const plain = await startChromium(false);
    try {
      const page = await plain.context.newPage();
      await page.goto(await addressOf(reportOf(REAL.slice(0, 400))));
      expect(await page.getByRole('search').count()).toBe(0);
      expect(await page.locator('.finding').count()).toBe(400);
      expect(await page.locator('.replay:not(.inline) code').count()).toBe(400);
      expect(await page.locator('.cause').first().locator('.calls, .sides').count()).toBeGreaterThan(0);
      await page.locator('.finding:not([open]) summary').first().click();
      expect(await page.locator('.verdict .end').innerText()).toBe('Does not conform');
    } finally {
      await plain.close();
    }
  });
});

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Opens what is folded, of the clauses those of one area. */
const OPEN_ALL = `document.querySelectorAll('.finding, .finding details, .chart details, .area:first-of-type details').forEach((each) => { each.open = true; })`;

/** Puts scripts into a page, as a text would that is not escaped. */
const INJECT = `
  document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.pwned=1">');
  document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.pwned=1' }));
`;

/** What axe-core says of a page; it is put there past the policy of the page, by the debugger. */
async function axe(page: Page): Promise<AxeResults> {
  await page.evaluate(AXE);
  return page.evaluate<AxeResults>('axe.run()');
}
