import { DISHONEST } from './dishonest.js';
import { FAULTS } from './faults.js';
import { faultySubject } from './faulty-subject.js';

/*
 * node dist/conformance/testing/faulty-subjects/main.js FAULT [json-lines|binary]: a subject that
 * is wrong in one way, to see what a runner makes of it: trt-conformance run --subject "exec:node
 * dist/conformance/testing/faulty-subjects/main.js hang".
 */
const [name = '', framing = 'json-lines'] = process.argv.slice(2);
const known = { ...FAULTS, ...DISHONEST };
const fault = Object.hasOwn(known, name) ? known[name] : undefined;
if (fault === undefined || (framing !== 'json-lines' && framing !== 'binary')) {
  const names = Object.entries(known).map(
    ([each, { description }]) => `  ${each.padEnd(22)}${description}\n`,
  );
  process.stderr.write(`usage: main.js FAULT [json-lines|binary]\n${names.join('')}`);
  process.exitCode = 2;
} else faultySubject(name, fault, framing);
