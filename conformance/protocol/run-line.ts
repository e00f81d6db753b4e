import type { OptionsMap, Step } from '../../reference/request/load-request.js';
import { decodeRequests } from '../wire/decode-request.js';
import { bytesToHex } from '../wire/json/json-bytes.js';
import { optionsToJson } from '../wire/json/json-options.js';

/** The message `run` of a request record as a line; all bytes in hexadecimal. */
export function runLine(record: Uint8Array, seq: number): string {
  const [request] = decodeRequests(record);
  if (request === undefined) throw new Error('A case is no request record.');
  const { program, verification, device, module, steps } = request;
  const json = {
    program: { hex: bytesToHex(program) },
    verification,
    device: {
      totalBytes: String(device.totalBytes),
      freeBytes: String(device.freeBytes),
      faults: device.faults,
    },
    module: module === null ? null : { options: optionsJson(module.options) },
    steps: steps.map(stepJson),
  };
  return `${JSON.stringify({ message: 'run', seq, request: json })}\n`;
}

function stepJson(step: Step): unknown {
  return step.op === 'load' ? { ...step, options: optionsJson(step.options) } : step;
}

function optionsJson(map: OptionsMap | null): unknown {
  return optionsToJson(map, (bytes) => ({ hex: bytesToHex(bytes) }));
}
