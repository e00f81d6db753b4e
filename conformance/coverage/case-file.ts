import type { Case } from '../model/case.js';

/** What coverage needs to know of a case: what it is for, and what is expected of it. */
export interface CoveringCase extends Pick<Case, 'id' | 'clauses' | 'kind'> {
  /** What its author states, in words. */
  readonly stated: string;
  /** What the reference expects, in a form in which equal outcomes are equal texts. */
  readonly expected: string;
}

/** The cases of one topic, which is the name of an area: the file conformance/cases/TOPIC.ts. */
export interface CaseFile {
  readonly topic: string;
  readonly cases: readonly CoveringCase[];
}

/** Where the cases of a topic stand: a path below the root of the suite. */
export function caseFilePath(topic: string): string {
  return `conformance/cases/${topic}.ts`;
}
