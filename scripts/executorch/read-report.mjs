import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';

/**
 * What matters of a report: when its run started, the ExecuTorch in its header and the outcome in
 * its footer; each null where there is none.
 *
 * @typedef {object} Told
 * @property {string | null} started
 * @property {string | null} loaded
 * @property {string | null} outcome
 */

/**
 * Reads a report; one that is damaged tells what stands before the damage.
 *
 * @param {string} file
 * @returns {Promise<Told>}
 */
export async function readReport(file) {
  /** @type {Told} */
  const told = { started: null, loaded: null, outcome: null };
  if (!existsSync(file)) return told;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const record = parsed(line);
    if (record === null) return { ...told, outcome: null };
    if (record.record === 'header') {
      told.started = record.started;
      told.loaded = record.subject.versions.executorch ?? null;
    }
    if (record.record === 'footer') told.outcome = record.outcome;
  }
  return told;
}

/** @param {string} line */
function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/**
 * Whether a report is the finished one that was there before: the run of now did not begin.
 *
 * @param {Told} now
 * @param {Told} before
 * @returns {boolean}
 */
export function isLeftFrom(now, before) {
  return before.outcome !== null && now.started === before.started;
}
