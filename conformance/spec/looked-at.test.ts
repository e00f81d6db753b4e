import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { suiteRoot } from '../suite-root.js';
import { loadClauses } from './load-clauses.js';

const root = suiteRoot();
const RANGE = /(WSB-[A-Z]+-)(\d\d)(?: to \1(\d\d))?/g;

/** The clauses of an entry of the list: single ones, and from one to another. */
function clausesOf(entry: string): string[] {
  const text = entry.replace(/\s+/g, ' ');
  return [...text.matchAll(RANGE)].flatMap(([, area = '', first = '', last = first]) =>
    Array.from(
      { length: Number(last) - Number(first) + 1 },
      (_, at) => `${area}${String(Number(first) + at).padStart(2, '0')}`,
    ),
  );
}

it('says of every clause, once, what kind of demand it is (spec/decisions.md)', () => {
  const text = readFileSync(join(root, 'spec/decisions.md'), 'utf8');
  const [, list = ''] = /\n## Clauses looked at\n([^]*?)\n## /.exec(text) ?? [];
  const ids = clausesOf(list);
  expect(ids.toSorted()).toEqual(
    loadClauses(root)
      .map(({ id }) => id)
      .toSorted(),
  );
});

it('lists as SHOULD or MAY what is no MUST', () => {
  const text = readFileSync(join(root, 'spec/decisions.md'), 'utf8');
  const [, entry = ''] = /\n- SHOULD or MAY already:([^]*?)\n\n/.exec(text) ?? [];
  const optional = loadClauses(root).filter(({ level }) => level !== 'MUST');
  expect(clausesOf(entry).toSorted()).toEqual(optional.map(({ id }) => id).toSorted());
});
