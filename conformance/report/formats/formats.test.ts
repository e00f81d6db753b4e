import { DOMParser, onWarningStopParsing } from '@xmldom/xmldom';
import { describe, expect, it } from 'vitest';
import { noVerdicts } from '../../model/verdict.js';
import type { ToldReport } from '../told-report.js';
import { FORMAT_NAMES, FORMATS } from './formats.js';

const HOSTILE = 'a]]><x y="1">&amp;|`*\u0000\u001b[31m\n::error::no%0A, é\u202e';

const report = (more: Partial<ToldReport>): ToldReport => ({
  header: {
    tool: { name: 'suite', version: '1' },
    specification: '0.2',
    subject: { name: HOSTILE, versions: { [HOSTILE]: HOSTILE }, sha256: null },
    profile: 'delegate',
    seed: '1',
    filter: HOSTILE,
    started: '2026-01-01T00:00:00.000Z',
  },
  cases: [
    {
      case: { id: 'WSB-PARSE-01/control/a', clauses: ['WSB-PARSE-01'], kind: 'control' },
      section: 'parsing',
      verdict: 'unsupported',
      finding: null,
      reason: HOSTILE,
    },
  ],
  areas: [
    { name: 'parsing', clauses: 1, cases: 1, verdicts: { ...noVerdicts(), unsupported: 1 }, milliseconds: 1 },
    { name: 'decisions', clauses: 0, cases: 9, verdicts: { ...noVerdicts(), pass: 9 }, milliseconds: 1 },
  ],
  findings: [],
  checks: [],
  exitCode: 5,
  conclusion: HOSTILE,
  demonstrated: { required: 2, missing: ['WSB-PARSE-02'] },
  milliseconds: 2,
  ...more,
});

describe('every format', () => {
  it.each(FORMAT_NAMES)(
    'shows what a subject says of itself and lets nothing of it act: %s',
    async (name) => {
      const text = await FORMATS[name].write(report({}), []);
      expect(text).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
      expect(text).not.toMatch(/^::error::no/m);
    },
  );

  it('is well-formed XML, also of a device check that failed', async () => {
    const checks = [
      { name: HOSTILE, clause: null, verdict: 'crashed', message: HOSTILE, observed: [] } as const,
      { name: 'well', clause: null, verdict: 'recorded', message: '', observed: [] } as const,
    ];
    const verdicts = { ...noVerdicts(), crashed: 1 };
    const device = { name: 'device', clauses: 0, cases: 1, verdicts, milliseconds: 1 };
    const xml = await FORMATS.junit.write(report({ checks, areas: [device] }), []);
    const parser = new DOMParser({ onError: onWarningStopParsing });
    expect(() => parser.parseFromString(xml, 'text/xml')).not.toThrow();
    expect(xml).toContain('<testsuite name="device" tests="2" failures="0" errors="1" skipped="0"');
  });

  it('fails in JUnit where cases that are only counted failed and nothing was found', async () => {
    const verdicts = { ...noVerdicts(), pass: 8, 'unexpected-pass': 1 };
    const area = { name: 'decisions', clauses: 0, cases: 9, verdicts, milliseconds: 1 };
    const xml = await FORMATS.junit.write(report({ areas: [area], cases: [] }), []);
    expect(xml).toContain('<failure message="some of 9 cases ended with unexpected-pass"');
  });

  it('keeps a row of Markdown in one line, and a code block closed', async () => {
    const lines = (await FORMATS.summary.write(report({}), [])).split('\n');
    const row = lines.find((line) => line.startsWith('| subject')) ?? '';
    expect(row.match(/(?<!\\)\|/g)).toHaveLength(3);
    expect(row).not.toMatch(/(?<!\\)[<`*]/);
    expect(lines[0]).toMatch(/^### ⚠️ /);
  });

  it('escapes what ends a command on GitHub', async () => {
    const lines = (await FORMATS.github.write(report({}), [])).trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^::warning title=suite%3A /);
    expect(lines[0]).toContain('no%250A');
  });
});
