import type { DelegateSpec, MethodSpec } from '../../reference/index.js';
import { encodeBlob, encodePlan, writeProgram } from '../../reference/index.js';
import type { LoadRequest } from '../../reference/request/load-request.js';
import type { BlobSource, DelegateSource, MethodSource, ProgramSource, RequestSpec } from './request-spec.js';

/** The load request that a description stands for: its program written out as a .pte file. */
export function buildRequest(spec: RequestSpec): LoadRequest {
  return { ...spec, program: buildProgram(spec.program) };
}

/** The bytes of the .pte file that a program source stands for. */
export function buildProgram(source: ProgramSource): Uint8Array {
  switch (source.kind) {
    case 'bytes':
    case 'file':
      return source.bytes;
    case 'methods':
      return writeProgram({ methods: source.methods.map(buildMethod) });
  }
}

/** The bytes of a delegate's data. */
export function buildBlob(source: BlobSource): Uint8Array {
  switch (source.kind) {
    case 'bytes':
      return source.bytes;
    case 'blob':
      return encodeBlob({
        ...(source.magic === null ? {} : { magic: source.magic }),
        ...(source.metadata === null ? {} : { metadata: source.metadata }),
        engine: source.engine.kind === 'plan' ? encodePlan(source.engine.plan) : source.engine.bytes,
      });
  }
}

function buildMethod({ name, delegates, plan }: MethodSource): MethodSpec {
  return { name, delegates: delegates.map(buildDelegate), ...(plan === undefined ? {} : { plan }) };
}

function buildDelegate({ backend, placement, data, compileSpecs }: DelegateSource): DelegateSpec {
  return { backend, placement, data: buildBlob(data), compileSpecs };
}
