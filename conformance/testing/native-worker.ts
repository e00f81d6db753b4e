import { readFileSync } from 'node:fs';
import { nativeSubject } from '../subjects/native-subject.js';

/*
 * Started with the folder native/build and the delegate's library: carries out the batch on its
 * standard input, writes the outcomes to its standard output, and may crash. With `decision` behind
 * them, the batch is one of decision depth.
 */

const STANDARD_INPUT = 0;
const [build, delegate, depth = 'program'] = process.argv.slice(2);
if (build === undefined || delegate === undefined) {
  throw new Error('native-worker is started with a folder, a library and, if need be, a depth.');
}
const { run, decide } = nativeSubject('native', build, delegate, []);
const answer = depth === 'decision' ? decide : run;
if (answer === null) throw new Error('The native subject has no decision depth.');
process.stdout.write(answer(readFileSync(STANDARD_INPUT)));
