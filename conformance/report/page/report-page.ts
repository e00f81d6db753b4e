import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clause } from '../../spec/clause.js';
import { suiteRoot } from '../../suite-root.js';
import type { ToldReport } from '../told-report.js';
import type { PageFinding } from './causes.js';
import { chartsPart } from './charts-part.js';
import { clausesPart, type ClausesGiven } from './clauses-part.js';
import { filterPart } from './filter-part.js';
import { findingsPart } from './findings-part.js';
import { markup, Markup } from './markup.js';
import { verdictPart } from './verdict-part.js';
import { endOf } from './verdict-words.js';

/** Style and script of a page, beside this file and in the package. */
const ASSETS = 'conformance/report/page/assets';

/**
 * Reports as one page that needs nothing else: no network, no other file. Several are shown side by
 * side, clause by clause. The same reports always give the same page.
 */
export async function reportPage(
  reports: readonly ToldReport[],
  clauses: readonly Clause[],
): Promise<string> {
  const style = asset('page.css');
  const script = asset('page.js');
  const findings = reports.flatMap(({ findings: own }, subject) =>
    own.map((one): PageFinding => ({ ...one, subject })),
  );
  const charts: Markup[] = [];
  for (const report of reports) charts.push(await chartsPart(report));
  const body = bodyOf({ reports, clauses, findings, charts, script });
  const title = reports.map((report) => `${report.header.subject.name}: ${endOf(report)[0]}`).join(', ');
  return `<!doctype html>\n${markup`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content="${policyFor(style, script)}" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="referrer" content="no-referrer" />
      <link rel="icon" href="data:," />
      <title>${title}</title>
      ${new Markup(`<style>${style}</style>`)}
    </head>
    ${body}
  </html>`.toString()}\n`;
}

/** Findings from which on a browser lays out what is seen alone, so that it is quick. */
const MANY = 200;

interface BodyGiven extends ClausesGiven {
  readonly charts: readonly Markup[];
  readonly script: string;
}

function bodyOf({ reports, clauses, findings, charts, script }: BodyGiven): Markup {
  const names = reports.map(({ header }) => header.subject.name);
  const several = reports.length > 1;
  return markup`<body>
    <a class="skip" href="#findings">To the findings</a>
    <header>
      <h1>
        ${several ? 'Compatibility of TensorRT delegates' : 'Conformance of a TensorRT delegate'}
        <small>weight streaming budget in ExecuTorch</small>
      </h1>
      <nav aria-label="Parts of this page">
        <a href="#verdict">Verdict</a> <a href="#findings">Findings</a> <a href="#clauses">Clauses</a>
        <a href="#charts">Charts</a>
      </nav>
    </header>
    <main class="${findings.length > MANY ? 'long' : 'short'}">
      <section id="verdict" aria-label="Verdict" class="${several ? 'several' : 'one'}">
        ${reports.map(verdictPart)}
      </section>
      ${filterPart()}
      <section id="findings" tabindex="-1">
        <h2>Findings, by their cause</h2>
        ${findingsPart(findings, clauses, names)}
      </section>
      <section id="clauses">
        <h2>${several ? 'Clauses, subject by subject' : 'Clauses and their evidence'}</h2>
        ${clausesPart({ reports, clauses, findings })}
      </section>
      <section id="charts">
        <h2>Charts</h2>
        ${charts}
      </section>
    </main>
    ${new Markup(`<script>${script}</script>`)}
  </body>`;
}

function asset(name: string): string {
  return readFileSync(join(suiteRoot(), ASSETS, name), 'utf8');
}

/** Nothing is loaded, and nothing runs but the one script; what a subject says is text. */
function policyFor(style: string, script: string): string {
  return [
    "default-src 'none'",
    `style-src '${digest(style)}'`,
    `script-src '${digest(script)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
