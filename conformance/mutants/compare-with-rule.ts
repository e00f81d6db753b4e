import type { LoadRequest } from '../../reference/request/load-request.js';
import { ALL_CASES } from '../cases/all-cases.js';
import { wrongImplementation } from '../catalogue/catalogue.js';
import { arbitraryBlocks } from '../generators/arbitrary-blocks.js';
import { generatedBlocks } from '../generators/blocks.js';
import { loadRequests } from '../generators/load-requests.js';
import { buildRequest } from '../model/build-request.js';
import { isDamaged } from '../model/case.js';
import { policyOracles } from '../oracle/oracle.js';
import { BlockRunner } from '../run/blocks/block-runner.js';
import { openSubject } from '../subjects/open-subject.js';
import { suiteRoot } from '../suite-root.js';

/*
 * node dist/conformance/mutants/compare-with-rule.js NAME: in how many written and generated cases,
 * at program depth, the patch and the rule of a wrong implementation do not come to the same. They
 * are one error only if that is 0.
 */

const POLICY = 'fitting';
const GENERATED = 4000;
const DRAWN = 1000;

const root = suiteRoot();
const [name = ''] = process.argv.slice(2);
const { rules } = wrongImplementation(root, name);
const { subject } = await openSubject(`native:${name}`, root, 'mutants', { policy: POLICY });
const runner = new BlockRunner(subject, policyOracles(() => null, rules)[POLICY]);
let different = 0;
for (const block of blocks()) different += (await runner.run(block)).length;
process.stdout.write(String(different));

function* blocks(): Generator<readonly LoadRequest[]> {
  // A damaged file may end the process, before any delegate is asked.
  for (const one of ALL_CASES) if (!isDamaged(one)) yield [buildRequest(one.request)];
  for (const block of generatedBlocks(1, GENERATED)) yield loadRequests(block);
  for (const block of arbitraryBlocks(1, DRAWN)) yield loadRequests(block);
}
