import type { BlobMetadata, DeviceTag, MethodPlan } from '../../../reference/index.js';
import type {
  BlobSource,
  DelegateSource,
  EngineSource,
  MethodSource,
  ProgramSource,
} from '../../model/request-spec.js';
import {
  bytesFromHex,
  bytesFromJson,
  bytesToHex,
  bytesToJson,
  nameFromJson,
  nameToJson,
  type BytesJson,
  type NameJson,
} from './json-bytes.js';
import { planFromJson, planToJson, type PlanJson } from './json-plan.js';

/** A program in JSON (spec/schemas/request.schema.json): by its parts, as bytes, or by its path. */
export type ProgramJson =
  | { readonly methods: readonly MethodJson[] }
  | { readonly hex: string }
  | { readonly file: string }
  | { readonly path: NameJson };

interface MethodJson {
  readonly name: NameJson;
  readonly plan?: MethodPlanJson;
  readonly delegates: readonly {
    readonly backend: NameJson;
    readonly placement: 'inline' | 'segment';
    readonly data: { readonly blob: BlobJson } | BytesJson;
    readonly compileSpecs: readonly { readonly key: NameJson; readonly value: BytesJson }[];
  }[];
}

type MethodPlanJson = Omit<MethodPlan, 'arenas'> & {
  readonly arenas: readonly { readonly bytes: string; readonly device: DeviceTag }[];
};

interface BlobJson {
  readonly magic?: 'TR01' | 'TR02';
  readonly metadata?: Partial<BlobMetadata>;
  readonly engine: { readonly plan: PlanJson } | BytesJson;
}

/** The JSON form of a program. */
export function programToJson(source: ProgramSource): ProgramJson {
  switch (source.kind) {
    case 'bytes':
      return { hex: bytesToHex(source.bytes) };
    case 'file':
      return { file: source.path };
    case 'methods':
      return {
        methods: source.methods.map(({ name, delegates, plan }) => ({
          name: nameToJson(name),
          ...(plan === undefined ? {} : { plan: methodPlanToJson(plan) }),
          delegates: delegates.map(({ backend, placement, data, compileSpecs }) => ({
            backend: nameToJson(backend),
            placement,
            data: blobToJson(data),
            compileSpecs: compileSpecs.map(({ key, value }) => ({
              key: nameToJson(key),
              value: bytesToJson(value),
            })),
          })),
        })),
      };
  }
}

/**
 * The program that a JSON form stands for. The form has been checked against its schema; `readFile`
 * gives the bytes of a file below the root of the suite.
 */
export function programFromJson(json: ProgramJson, readFile: (path: string) => Uint8Array): ProgramSource {
  if ('hex' in json) return { kind: 'bytes', bytes: bytesFromHex(json.hex) };
  if ('file' in json) return { kind: 'file', path: json.file, bytes: readFile(json.file) };
  if ('path' in json) throw new Error('only the protocol names a program by its path; a case holds its own');
  return { kind: 'methods', methods: json.methods.map(methodFromJson) };
}

function methodPlanToJson({ arenas, ...plan }: MethodPlan): MethodPlanJson {
  return { ...plan, arenas: arenas.map(({ bytes, device }) => ({ bytes: String(bytes), device })) };
}

function methodPlanFromJson({ arenas, ...plan }: MethodPlanJson): MethodPlan {
  return { ...plan, arenas: arenas.map(({ bytes, device }) => ({ bytes: BigInt(bytes), device })) };
}

function methodFromJson({ name, delegates, plan }: MethodJson): MethodSource {
  return {
    name: nameFromJson(name),
    ...(plan === undefined ? {} : { plan: methodPlanFromJson(plan) }),
    delegates: delegates.map(({ backend, placement, data, compileSpecs }): DelegateSource => ({
      backend: nameFromJson(backend),
      placement,
      data: blobFromJson(data),
      compileSpecs: compileSpecs.map(({ key, value }) => ({
        key: nameFromJson(key),
        value: bytesFromJson(value),
      })),
    })),
  };
}

function blobToJson(source: BlobSource): { readonly blob: BlobJson } | BytesJson {
  if (source.kind === 'bytes') return bytesToJson(source.bytes);
  return {
    blob: {
      ...(source.magic === null ? {} : { magic: source.magic }),
      ...(source.metadata === null ? {} : { metadata: source.metadata }),
      engine: engineToJson(source.engine),
    },
  };
}

function blobFromJson(json: { readonly blob: BlobJson } | BytesJson): BlobSource {
  if (!('blob' in json)) return { kind: 'bytes', bytes: bytesFromJson(json) };
  const { magic, metadata, engine } = json.blob;
  return {
    kind: 'blob',
    magic: magic ?? null,
    metadata: metadata ?? null,
    engine:
      'plan' in engine
        ? { kind: 'plan', plan: planFromJson(engine.plan) }
        : { kind: 'bytes', bytes: bytesFromJson(engine) },
  };
}

function engineToJson(engine: EngineSource): { readonly plan: PlanJson } | BytesJson {
  return engine.kind === 'plan' ? { plan: planToJson(engine.plan) } : bytesToJson(engine.bytes);
}
