// Prints the budget of each engine of a program, and what is wrong with it.
//   node explain-program.mjs model.pte

import { explainFile } from 'trt-delegate-conformance';

const [file = 'model.pte'] = process.argv.slice(2);
const explanation = explainFile(file);

if (explanation.kind === 'unreadable') {
  console.log(`no program: ${explanation.fault.message}`);
  process.exitCode = 1;
} else {
  for (const { name, delegates } of explanation.methods) {
    for (const [index, { budget, findings }] of delegates.entries()) {
      const shown = budget?.kind === 'explicit' ? `${budget.requested} bytes` : (budget?.kind ?? 'not ours');
      console.log(`${name}, delegate ${index}: ${shown}`);
      for (const { level, clause, message } of findings) console.log(`  ${level} ${clause}: ${message}`);
    }
  }
}
