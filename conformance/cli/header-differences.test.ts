import { describe, expect, it } from 'vitest';
import { headerOf, type Header } from '../run/header.js';
import { allCapabilities } from '../protocol/capabilities.js';
import { loadSchemas } from '../spec/schemas.js';
import { suiteRoot } from '../suite-root.js';
import { headerDifferences } from './header-differences.js';

const PARTS = [
  { name: 'parsing', count: 164, digest: '0'.repeat(16) },
  { name: 'expected failures', count: 12, digest: '1'.repeat(16) },
] as const;

const THERE: Header = headerOf(
  { name: 'trt-delegate-conformance', version: '0.1.0' },
  { name: 'upstream', versions: { executorch: '1.4.1' }, files: [], capabilities: allCapabilities() },
  {
    seed: 1,
    generated: 1000,
    decisions: 0,
    filter: null,
    profile: 'delegate',
    options: {
      cases: 1000,
      decisions: 0,
      depth: 'both',
      exhaustive: false,
      time: null,
      backendId: null,
      policy: null,
      profile: null,
      require: [],
    },
    plan: 'a'.repeat(64),
    parts: PARTS,
  },
);

const other = (parts: Header['parts']): Header => ({ ...THERE, plan: 'b'.repeat(64), parts: parts ?? [] });

describe('headerDifferences', () => {
  it('finds none between two starts of one run', () => {
    const again = { ...THERE, started: '2030-01-01T00:00:00.000Z' };
    expect(headerDifferences(THERE, again)).toEqual({ settings: [], surroundings: [] });
  });

  it('names each setting of the command line, old and new, and not the plan that follows from it', () => {
    const asked: Header = {
      ...other([]),
      seed: '2',
      filter: ['WSB-PARSE-*', '!generated'],
      options: { ...THERE.options, cases: 2000, depth: 'program', lacks: ['execute'], policy: 'fitting' },
    };
    expect(headerDifferences(THERE, asked)).toEqual({
      settings: [
        'seed: was 1, is now 2',
        'filter: was none, is now WSB-PARSE-*, !generated',
        'cases: was 1,000, is now 2,000',
        'depth: was both, is now program',
        'lacks: was none, is now execute',
        'policy: was none, is now fitting',
      ],
      surroundings: [],
    });
  });

  it('names what ends the runs early, and how long a case may take', () => {
    const asked = { ...THERE, options: { ...THERE.options, failFast: true, budget: 60_000, timeout: 500 } };
    expect(headerDifferences(THERE, asked as Header).settings).toEqual([
      'fail-fast: was false, is now true',
      'budget: was none, is now 60s',
      'timeout: was none, is now 500ms',
    ]);
    expect(loadSchemas(suiteRoot()).faults('report', asked)).toEqual([]);
  });

  it('names another subject, and not its files, which follow from it', () => {
    const subject = { name: 'native', versions: { native: '0.1.0' }, sha256: 'c'.repeat(64) };
    expect(headerDifferences(THERE, { ...THERE, subject })).toEqual({
      settings: ['subject: was upstream, is now native'],
      surroundings: [],
    });
  });

  it('names what became another one under the run', () => {
    const asked: Header = {
      ...THERE,
      tool: { ...THERE.tool, version: '0.2.0' },
      subject: { ...THERE.subject, versions: { executorch: '1.5.1' } },
    };
    expect(headerDifferences(THERE, asked).surroundings).toEqual([
      'version of the suite: was 0.1.0, is now 0.2.0',
      'versions of the subject: was {"executorch":"1.4.1"}, is now {"executorch":"1.5.1"}',
    ]);
  });

  it.each([
    ['a case more', [{ ...PARTS[0], count: 165 }, PARTS[1]], 'parsing: was 164, is now 165'],
    [
      'another entry',
      [PARTS[0], { ...PARTS[1], digest: '2'.repeat(16) }],
      'expected failures: was 12, is now 12, but others',
    ],
    ['an area less', [PARTS[1]], 'parsing: was 164, is now none'],
    [
      'a report that names none',
      PARTS,
      'cases or expected failures: changed, but the report does not say which',
    ],
  ])('tells where a plan differs: %s', (_, parts, told) => {
    expect(headerDifferences(THERE, other(parts))).toEqual({ settings: [], surroundings: [told] });
  });

  it('is of headers that keep to the schema', () => {
    const schemas = loadSchemas(suiteRoot());
    expect(schemas.faults('report', THERE)).toEqual([]);
    expect(schemas.faults('report', { ...THERE, filter: ['WSB-PARSE-*', '!generated'] })).toEqual([]);
    expect(schemas.faults('report', { ...THERE, filter: ['WSB-PARSE-*'] })).not.toEqual([]);
  });
});
