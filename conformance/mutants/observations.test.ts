import { expect, it } from 'vitest';
import { rulesUnder } from '../../reference/index.js';
import { ALL_CASES } from '../cases/all-cases.js';
import { readCatalogue } from '../catalogue/catalogue.js';
import { buildRequest } from '../model/build-request.js';
import { referenceOracle } from '../oracle/oracle.js';
import { maskAnswer } from '../process/mask-answer.js';
import { allCapabilities } from '../protocol/capabilities.js';
import { loadProfiles, OBSERVATIONS } from '../spec/profiles.js';
import { loadSchemas } from '../spec/schemas.js';
import { suiteRoot } from '../suite-root.js';
import { encodedOutcome } from '../wire/encode-outcome.js';

const root = suiteRoot();
const { observations } = loadProfiles(root, loadSchemas(root));

/* A wrong rule that no case of its clause shows without an observation shows in that alone. */
it('lists every clause that shows in one observation alone', () => {
  for (const { name, clause, policy = 'upstream', rare = false, rules } of readCatalogue(root)) {
    // No written case shows a rare one.
    if (rules === undefined || rare) continue;
    const right = referenceOracle(() => null, rulesUnder(policy));
    const wrong = referenceOracle(() => null, rules);
    const pairs = ALL_CASES.filter(({ clauses: [first] }) => first === clause)
      .map((one) => buildRequest(one.request))
      .map((request) => [encodedOutcome(right(request)), encodedOutcome(wrong(request))] as const)
      .filter(([expected, observed]) => Buffer.compare(expected, observed) !== 0);
    expect(pairs, name).not.toEqual([]);
    for (const what of OBSERVATIONS) {
      const tells = { ...allCapabilities(), [what]: false };
      const told = (record: Uint8Array): Uint8Array => maskAnswer('program', record, tells);
      const isSeen = pairs.some(
        ([expected, observed]) => Buffer.compare(told(expected), told(observed)) !== 0,
      );
      if (!isSeen) expect(observations[what], `${name} shows in ${what} alone`).toContain(clause);
    }
  }
});
