import { BACKEND_ID, encodeBlob, writeProgram, type DelegateSpec } from '../../../reference/index.js';
import type { Series } from './series.js';

/**
 * A program whose method `forward` calls the engine of `plan` once for each engine of the series,
 * each on tensors of its own.
 */
export function makeProgram(plan: Uint8Array, { network, engines }: Series): Uint8Array {
  const shape = [network.batch, network.dim];
  const delegate: DelegateSpec = {
    backend: BACKEND_ID,
    placement: 'segment',
    data: encodeBlob({ engine: plan }),
    compileSpecs: [],
    tensors: [
      { role: 'input', shape },
      { role: 'output', shape },
    ],
  };
  return writeProgram({
    methods: [{ name: 'forward', delegates: Array.from({ length: engines }, () => ({ ...delegate })) }],
  });
}
