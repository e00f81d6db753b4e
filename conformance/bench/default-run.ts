import { fileURLToPath } from 'node:url';
import { bulkPool } from '../run/run-suite.js';
import { planRun } from '../run/plan/plan-run.js';
import { run } from '../run/run.js';
import { loadRecordedPlans } from '../oracle/recorded.js';
import { recordedPlanLookup } from '../oracle/recorded-plans.js';
import { policyOracles } from '../oracle/oracle.js';
import { loadSchemas } from '../spec/schemas.js';
import { nativeSubject } from '../subjects/native-subject.js';
import { DELEGATE_LIBRARY } from '../subjects/native-library.js';
import { join, resolve } from 'node:path';

/*
 * node dist/conformance/bench/default-run.js BUILD: the sections of a default run on our delegate
 * as a folder other than native/build holds it, in one thread, with fewer of the cases that are
 * drawn; for npm run coverage:delegate. Exit codes: 0 all passed, 1 not.
 */

const SEED = 1;
const CASES = 36_000;
const DECISIONS = 50_000;

const [build = 'native/build'] = process.argv.slice(2);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const schemas = loadSchemas(root);
const recorded = loadRecordedPlans(root, schemas);
const folder = resolve(build);
const subject = nativeSubject('native', folder, join(folder, DELEGATE_LIBRARY), recorded);
const oracles = policyOracles(recordedPlanLookup(recorded));
const plan = planRun({
  ...{ root, schemas, policies: { own: 'fitting', oracles }, seed: SEED, filter: null },
  ...{ cases: CASES, decisions: DECISIONS, exhaustive: false, written: true, decided: 'beside' },
});
const pool = bulkPool(subject, { root, version: 'coverage', seed: SEED }, 1);
const { verdicts } = await run({ subject, oracle: oracles.fitting }, plan, { pool, seed: SEED });
await pool.close();
const counted = Object.entries(verdicts).filter(([, count]) => count > 0);
console.log(counted.map(([verdict, count]) => `${count.toLocaleString('en')} ${verdict}`).join(', '));
process.exitCode = counted.every(([verdict]) => verdict === 'pass' || verdict === 'self-check') ? 0 : 1;
