import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';

/** The JSON documents of the suite; each has a schema spec/schemas/NAME.schema.json. */
export const SCHEMA_NAMES = [
  'case',
  'catalogue',
  'config',
  'engine-facts',
  'expectations',
  'export-case',
  'exporter-protocol',
  'golden-flags',
  'golden-manifest',
  'outcome',
  'profiles',
  'recorded-engine',
  'recording',
  'report',
  'request',
  'reviewed',
  'sequence',
] as const;

/** One of {@link SCHEMA_NAMES}. */
export type SchemaName = (typeof SCHEMA_NAMES)[number];

const BASE = 'https://trt-delegate-conformance.example/spec/0.2/';

/** The compiled schemas of spec/schemas. */
export interface Schemas {
  /**
   * What is wrong with a value, and where; empty if nothing. Stops at an object's first fault.
   * `part` names one of the `$defs` of the schema that the value is held against.
   */
  readonly faults: (name: SchemaName, value: unknown, part?: string) => readonly string[];
  /**
   * Parses a JSON text and checks it; what comes back is of the type that the schema describes.
   *
   * @throws DocumentError when the text is not JSON or breaks its schema; `file` is named in the
   * message.
   */
  readonly parse: (name: SchemaName, text: string, file: string) => unknown;
}

const loaded = new Map<string, Schemas>();

/**
 * The schemas below `root`, the folder that holds spec/: read once in a process, and each compiled
 * when it is used first. That they are schemas is checked by their tests, and not again here.
 */
export function loadSchemas(root: string): Schemas {
  const known = loaded.get(root);
  if (known !== undefined) return known;
  const schemas = readSchemas(root);
  loaded.set(root, schemas);
  return schemas;
}

function readSchemas(root: string): Schemas {
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: false,
    validateFormats: false,
    validateSchema: false,
  });
  for (const name of ['common', ...SCHEMA_NAMES]) {
    const path = join(root, 'spec', 'schemas', `${name}.schema.json`);
    ajv.addSchema(JSON.parse(readFileSync(path, 'utf8')) as object);
  }
  const faults = (name: SchemaName, value: unknown, part?: string): readonly string[] => {
    const validate = validator(ajv, name, part);
    return validate(value) ? [] : (validate.errors ?? []).map(faultText);
  };
  return {
    faults,
    parse: (name, text, file) => {
      const value = parseJson(text, file);
      const found = faults(name, value);
      if (found.length > 0) throw new DocumentError(file, `breaks the schema ${name}: ${found.join('; ')}`);
      return value;
    },
  };
}

function validator(ajv: Ajv2020, name: SchemaName, part?: string): ValidateFunction {
  const place = part === undefined ? '' : `#/$defs/${part}`;
  const validate = ajv.getSchema(`${BASE}${name}.schema.json${place}`);
  if (validate === undefined)
    throw new DocumentError(`spec/schemas/${name}.schema.json`, `its $id is not ${BASE}…`);
  return validate;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DocumentError(file, 'is not JSON', { cause });
  }
}

function faultText({ instancePath, message, params }: ErrorObject): string {
  const place = instancePath === '' ? 'the document' : instancePath;
  const extra: unknown = params['additionalProperty'];
  const allowed: unknown = params['allowedValues'];
  const detail =
    typeof extra === 'string' ? ` (${extra})` : Array.isArray(allowed) ? ` (${allowed.join(', ')})` : '';
  return `${place} ${message ?? 'is not valid'}${detail}`;
}

/** A JSON document of the suite is damaged. The message names the file. */
export class DocumentError extends Error {
  readonly code = 'ERR_DOCUMENT';

  constructor(
    /** Path as the caller knows it. */
    readonly file: string,
    what: string,
    options?: ErrorOptions,
  ) {
    super(`${file} ${what}`, options);
    this.name = 'DocumentError';
  }
}
