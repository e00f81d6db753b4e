import { expect, it } from 'vitest';
import { findAnchors, findLinks, withoutCode } from './links.js';

it('finds links with their lines, and leaves out those to other sites', () => {
  const text = 'See [a](a.md) and\n[b](../b.md#c), [here](#d), [site](https://example.org/x.md).\n';
  expect(findLinks(text)).toEqual([
    { path: 'a.md', anchor: null, line: 1 },
    { path: '../b.md', anchor: 'c', line: 2 },
    { path: '', anchor: 'd', line: 2 },
  ]);
});

it('finds no links in code', () => {
  expect(findLinks('`[a](a.md)`\n\n```\n[b](b.md)\n```\n\n[c](c.md)\n')).toEqual([
    { path: 'c.md', anchor: null, line: 7 },
  ]);
});

it('keeps the lines when it takes code out', () => {
  expect(withoutCode('a `b`\n```\nc\n```\nd')).toBe('a    \n   \n \n   \nd');
});

it('makes anchors as GitHub does', () => {
  expect(findAnchors('# WSB-PARSE-03\n\n## What is `logged`, and why?\n\n```\n# none\n```\n')).toEqual(
    new Set(['wsb-parse-03', 'what-is-logged-and-why']),
  );
});
