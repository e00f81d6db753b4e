import { buildRequest } from '../../model/build-request.js';
import { DocumentError, loadSchemas } from '../../spec/schemas.js';
import { suiteRoot } from '../../suite-root.js';
import { bytesOf } from '../../model/text.js';
import { scenarioRequest } from '../../model/scenario/scenario-request.js';
import { encodedRequest } from '../../wire/encode-request.js';
import { caseFromJson, caseToJson, type CaseJson } from '../../wire/json/json-case.js';
import { UnfitJsonError } from '../../wire/json/unfit-json-error.js';
import { mutateJson } from './mutate-json.js';
import type { ReaderTarget } from './reader-target.js';
import { takenOrRefused } from './taken-or-refused.js';

/** The file of a case, and the program that it describes. */
export const CASE_TARGET: ReaderTarget = {
  name: 'case',
  what: 'the file of a case',
  read: (input) =>
    takenOrRefused([DocumentError, UnfitJsonError], () => {
      const text = Buffer.from(input).toString('utf8');
      const json = loadSchemas(suiteRoot()).parse('case', text, 'the case') as CaseJson;
      const { request } = caseFromJson(json, noFile);
      return `${encodedRequest(buildRequest(request)).length} bytes`;
    }),
  twin: 'none',
  seeds: () => SCENARIOS.map(caseText).map(bytesOf),
  mutate: (random, input) => {
    const text = mutateJson(random, input);
    return text === null ? null : bytesOf(text);
  },
};

const SCENARIOS: readonly Parameters<typeof scenarioRequest>[0][] = [
  { spec: '+5' },
  { option: '7', engines: [{ streamable: 1000n, modelled: true }, { spec: '0' }], free: 4096n },
];

function caseText(scenario: Parameters<typeof scenarioRequest>[0]): string {
  const request = scenarioRequest(scenario);
  const head = { id: 'a case', title: 'a case', clauses: ['WSB-PARSE-03'], kind: 'violation' } as const;
  return JSON.stringify(caseToJson({ ...head, request, expectation: null }));
}

/** No file is read for an input. */
function noFile(path: string): never {
  throw new DocumentError(path, 'is not read.');
}
