import { writeProgram } from '../../reference/index.js';
import type { LoadRequest } from '../../reference/request/load-request.js';
import { caseLoad, delegateHead, methodEngines, planOf } from './case-request.js';
import { engineBlob } from './engine-blob.js';
import type { GeneratedCase, GeneratedEngine } from './generated-case.js';

/**
 * The load requests of generated cases, made fast: byte for byte what
 * `buildRequest(caseRequest(…))` gives. Cases that follow one another with the same engines share
 * one program, which is written once.
 */
export function loadRequests(cases: readonly GeneratedCase[]): LoadRequest[] {
  let engines: readonly GeneratedEngine[] | null = null;
  let program: Uint8Array = new Uint8Array(0);
  return cases.map((generated) => {
    if (generated.engines !== engines) {
      engines = generated.engines;
      program = writeEngines(engines);
    }
    return { program, ...caseLoad(generated) };
  });
}

function writeEngines(engines: readonly GeneratedEngine[]): Uint8Array {
  return writeProgram({
    methods: methodEngines(engines).map(([name, own]) => ({
      name,
      delegates: own.map((engine) => ({ ...delegateHead(engine), data: engineBlob(engine) })),
      ...planOf(own),
    })),
  });
}
