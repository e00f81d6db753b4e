import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { decodeBlob, paddedTo, rangeOf, readProgram } from '../../reference/index.js';
import { loadSchemas } from '../spec/schemas.js';
import { suiteRoot } from '../suite-root.js';
import { lazyRecordedPlans } from './lazy-recorded-plans.js';
import { loadRecordedPlans } from './recorded.js';

const root = suiteRoot();

it('finds a recorded plan, and reads none of another size', () => {
  const lookup = lazyRecordedPlans(root);
  const file = new Uint8Array(readFileSync(join(root, 'golden/exporter/one_engine_budget_8192.pte')));
  const read = readProgram(file);
  const data = read.ok ? read.program.methods[0]?.delegates[0]?.data : undefined;
  const decoded = data?.ok === true ? decodeBlob(data.value) : null;
  if (decoded?.ok !== true) throw new Error('there is no blob');
  const plan = lookup(decoded.blob.engine);
  expect(loadRecordedPlans(root, loadSchemas(root)).map((each) => each.plan)).toContainEqual(plan);
  expect(lookup(rangeOf(paddedTo(decoded.blob.engine.size, new Uint8Array(4))))).toBeNull();
  const unread = (): never => {
    throw new Error('it is read');
  };
  expect(lookup(rangeOf({ size: 7_500_000_000, read: unread }))).toBeNull();
});
