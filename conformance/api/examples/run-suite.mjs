// Runs a part of the suite on a delegate, and ends as its verdict says.
//   node run-suite.mjs exec:./subject

import { clauses, runSuite } from 'trt-delegate-conformance';

const [subject = 'reference'] = process.argv.slice(2);
const result = await runSuite({ subject, filter: ['WSB-PARSE-*'] });

console.log(result.conclusion);
for (const { clause, occurrences } of result.findings) {
  const rule = clauses().find(({ id }) => id === clause);
  console.log(`${clause}, ${occurrences} times: ${rule?.sentence}`);
}
process.exitCode = result.exitCode;
