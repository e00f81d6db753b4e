import { fileURLToPath } from 'node:url';
import { generatedSection, bulkJobs } from '../run/plan/bulk-section.js';
import { openSubject } from '../subjects/open-subject.js';
import { BulkProcesses } from '../bulk/bulk-processes.js';
import { childrenOf, residentBytes } from './resident-bytes.js';
import { megabytes, runMemory } from './run-memory.js';

/*
 * npm run bench:memory -- [SUBJECT]: a million loads of a subject in a process of its own, upstream
 * unless another one is named, and how much memory that process and the runner take after each
 * tenth of them. Failures play no part: what is loaded is loaded. For a subject in this process,
 * such as native: loads and decisions, and what the runner takes; exit code 1 when that grows.
 */

const LOADS = 1_000_000;
const PARTS = 10;
const SEED = 20_261_122;

const [name = 'upstream'] = process.argv.slice(2);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const opened = await openSubject(name, root, 'bench');
const { subject } = opened;
if (subject.kind === 'in-process') process.exitCode = (await runMemory(opened, root, SEED)) ? 0 : 1;
else {
  const bulk = new BulkProcesses(subject, SEED, 0);
  console.log(`${name}: memory over ${LOADS.toLocaleString('en')} loads, in MB`);
  console.log('     loads   subject    runner');
  show(0);
  let loads = 0;
  for (let part = 0; part < PARTS; part++) {
    const section = generatedSection('program', LOADS / PARTS);
    await bulk.run(bulkJobs({ ...section, firstBlock: part * section.blocks }), ({ cases }) => {
      loads += cases;
    });
    show(loads);
  }
  await subject.close();
}

function show(done: number): void {
  const subjects = childrenOf(process.pid).reduce((sum, pid) => sum + residentBytes(pid), 0);
  const cells = [done.toLocaleString('en'), megabytes(subjects), megabytes(process.memoryUsage.rss())];
  console.log(cells.map((cell) => cell.padStart(10)).join(''));
}
