// Puts cases of your own to a delegate.
//   node judge-cases.mjs exec:./subject

import { clause, fromSpec, openSubject, parseBudget, rejects } from 'trt-delegate-conformance';

const [name = 'reference'] = process.argv.slice(2);
const { cases } = clause('WSB-PARSE-03')
  .control('a number', { spec: '512' }, fromSpec(512n))
  .violation('a sign before it', { spec: '+512' }, rejects());

const subject = await openSubject(name);
try {
  for (const { case: one, verdict, differences } of await subject.run(cases)) {
    console.log(`${one.title}: ${verdict}`);
    for (const { path, expected, observed } of differences) {
      console.log(`  ${path}: ${observed}, not ${expected}`);
    }
  }
} finally {
  await subject.close();
}

const sign = parseBudget(new TextEncoder().encode('+512'));
if (!sign.ok) console.log(`The rule itself says: ${sign.fault} at byte ${sign.at}.`);
