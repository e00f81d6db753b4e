import type { LoadFailure } from './explain-load.js';
import { asWarning, error, type Finding } from './finding.js';

/** What is wrong where a load ends with one of these clauses and nothing else tells of it. */
const MESSAGES: Readonly<Partial<Record<LoadFailure['clause'], string>>> = {
  'WSB-PROG-08': 'no host has a backend of this name',
  'WSB-PROG-02': 'a host cannot provide the memory that the method asks for',
  'WSB-DEV-04': 'no host has an allocator for the device that tensors are planned on',
  'WSB-DEV-05': 'there is not enough device memory for the tensors that are planned in it',
  'WSB-FAIL-02': 'TensorRT does not deserialize the engine',
  'WSB-FAIL-03': 'there is not enough device memory for an execution context',
  'WSB-FAIL-04': 'the engine has no bounds for the shape of an input that the blob names',
  'WSB-FAIL-11': 'the blob names a device that cannot be selected',
  'WSB-BLOB-12': "the places of the engine's tensors cannot be read from their names",
  'WSB-BLOB-14': 'an alias names a tensor that the blob does not have',
  'WSB-BLOB-15': 'an alias is of a kind that is not known',
  'WSB-BLOB-16': 'the engine does not have an alias that the blob names',
  'WSB-BLOB-17': 'the tensors of an alias have different shapes',
  'WSB-BLOB-21':
    'the tensors of an alias have different element types, so that one is written beyond its end',
  'WSB-BLOB-22': 'an output is aliased twice',
  'WSB-BLOB-23': 'two outputs are aliased to one input',
  'WSB-BLOB-24': 'the metadata names a tensor twice',
  'WSB-BLOB-25': 'the metadata does not name every tensor of the engine',
  'WSB-BLOB-26': 'the metadata names a tensor as what it is not in the engine',
  'WSB-BLOB-27': 'the metadata does not name every alias of the engine',
  'WSB-LIFE-12': 'an input of the engine takes part in shape inference',
  'WSB-OPT-16': 'the options cannot be given to any method',
};

/**
 * The findings of what ends a load: errors are those that say why it ends, at least one, and
 * others would show in a later load alone. Without a failure nothing is an error.
 */
export function settle(findings: readonly Finding[], failure: LoadFailure | null): readonly Finding[] {
  if (failure === null) return findings.map(asWarning);
  const settled = findings.map((finding) => (isWhy(finding, failure) ? finding : asWarning(finding)));
  if (settled.some(({ level, clause }) => level === 'error' && clause === failure.clause)) return settled;
  const message = MESSAGES[failure.clause] ?? 'the load ends here';
  return [error(failure.clause, `${message} (${failure.error ?? 'it can crash the process'})`), ...settled];
}

/** Whether a finding says why a load ends. How a budget is malformed says a clause of its own. */
function isWhy({ clause }: Finding, failure: LoadFailure): boolean {
  const malformed = failure.clause === 'WSB-OPT-09' || failure.clause === 'WSB-PREC-07';
  return clause === failure.clause || (malformed && clause?.startsWith('WSB-PARSE-') === true);
}
