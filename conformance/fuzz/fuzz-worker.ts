import { parentPort, workerData } from 'node:worker_threads';
import { carryOut, type WorkResult } from './carry-out.js';
import type { FuzzWork } from './fuzz-work.js';
import { type NotedInput, noteInput } from './noted-input.js';

/** What a thread is started with. */
export interface FuzzWorkerData {
  readonly work: FuzzWork;
  readonly noted: NotedInput;
}

/** What a thread says at its end: an error that ends it is one of the thread. */
export type FuzzWorkerMessage = WorkResult;

const { work, noted } = workerData as FuzzWorkerData;
const result = await carryOut(work, (input) => {
  noteInput(noted, input);
});
parentPort?.postMessage(result satisfies FuzzWorkerMessage);
