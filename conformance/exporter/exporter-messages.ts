import { encodeBlob, BACKEND_ID, type DelegateSpec, writeProgram } from '../../reference/index.js';
import type { ExportAnswer, ExportError } from '../../reference/exporter/export-answer.js';
import type { ExportRequest } from '../../reference/exporter/export-request.js';
import { readPlainFile } from '../files/read-plain-file.js';
import { quietIncident, type Incident } from '../model/incident.js';
import { briefly } from '../model/visible-text.js';
import { ProtocolFault } from '../protocol/protocol-fault.js';
import type { Schemas } from '../spec/schemas.js';
import { SPECIFICATION } from '../specification-version.js';
import { bytesFromHex, nameFromJson, type NameJson } from '../wire/json/json-bytes.js';
import { exportRequestToJson } from '../wire/json/json-export.js';
import type { ExporterCapabilities } from './exporter.js';

/** Bytes of a program that an exporter names by its path. */
const MOST_PROGRAM_BYTES = 256 << 20;

/** What an exporter says of itself. */
export interface ExporterHello {
  readonly name: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly capabilities: ExporterCapabilities;
}

/** The hello of the runner as a line. */
export function exporterHelloLine(): string {
  return line({ message: 'hello', versions: [1], specification: SPECIFICATION });
}

/** A request as a line. */
export function exportLine(seq: number, request: ExportRequest): string {
  return line({ message: 'export', seq, request: exportRequestToJson(request) });
}

/** What ends an exporter, as a line. */
export function stopLine(): string {
  return line({ message: 'stop' });
}

/**
 * Reads the hello of an exporter.
 *
 * @throws ProtocolFault when it is none, or says that the exporter cannot run.
 */
export function readExporterHello(text: string, schemas: Schemas): ExporterHello {
  const said = parsed(text);
  if (said['message'] === 'failure') {
    throw new ProtocolFault(`it says that it cannot run: ${briefly(String(said['reason']))}`);
  }
  if (said['message'] !== 'hello') throw new ProtocolFault(`it answered the hello with ${briefly(text)}`);
  refuseFaults(said, schemas, 'exporterHello', 'its hello');
  const { name, versions, capabilities } = said as unknown as ExporterHello;
  return { name, versions, capabilities };
}

interface Numbered {
  readonly seq: number;
  readonly warnings: readonly string[];
}

type AnswerJson =
  | (Numbered & {
      readonly message: 'exported';
      readonly program: null | { readonly hex: string } | { readonly path: string };
    })
  | (Numbered & { readonly message: 'delegates'; readonly methods: readonly MethodJson[] })
  | (Numbered & { readonly message: 'refused'; readonly error: ExportError; readonly text: string })
  | { readonly message: 'unsupported'; readonly seq: number; readonly reason: string }
  | { readonly message: 'failure'; readonly seq: number | null; readonly reason: string };

const ANSWERS = ['exported', 'delegates', 'refused', 'unsupported', 'failure'] as const;

interface MethodJson {
  readonly name: NameJson;
  readonly delegates: readonly {
    readonly compileSpecs: readonly { readonly key: NameJson; readonly value: { readonly hex: string } }[];
    readonly blob: { readonly hex: string } | null;
  }[];
}

/**
 * Reads the answer to the request with that number.
 *
 * @throws ProtocolFault when it is none.
 */
export function readExportAnswer(
  text: string,
  seq: number,
  request: ExportRequest,
  schemas: Schemas,
): ExportAnswer | Incident {
  const said = parsed(text);
  const kind = ANSWERS.find((known) => known === said['message']);
  if (kind === undefined)
    throw new ProtocolFault(`it wrote a line with an unknown message: ${briefly(text)}`);
  refuseFaults(said, schemas, kind, 'a message');
  const answer = said as unknown as AnswerJson;
  if (answer.message === 'failure') throw new ProtocolFault(`it failed: ${briefly(answer.reason)}`);
  if (answer.seq !== seq) {
    throw new ProtocolFault(`it answered the request ${answer.seq}, and ${seq} was to be answered`);
  }
  switch (answer.message) {
    case 'unsupported':
      return quietIncident('unsupported', briefly(answer.reason));
    case 'refused':
      return { kind: 'refused', error: answer.error, message: answer.text, warnings: answer.warnings };
    case 'exported':
      return { kind: 'exported', program: programOf(answer.program), warnings: answer.warnings };
    case 'delegates':
      return { kind: 'exported', program: assembled(answer.methods, request), warnings: answer.warnings };
  }
}

function programOf(given: null | { readonly hex: string } | { readonly path: string }): Uint8Array | null {
  if (given === null) return null;
  if ('hex' in given) return bytesFromHex(given.hex);
  try {
    return new Uint8Array(readPlainFile(given.path, MOST_PROGRAM_BYTES));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ProtocolFault(`it named a program that cannot be read: ${briefly(why)}`, null, { cause });
  }
}

/** The program that an exporter's delegates are in, for one that writes none itself. */
function assembled(methods: readonly MethodJson[], request: ExportRequest): Uint8Array {
  return writeProgram({
    methods: methods.map(({ name, delegates }) => {
      const method = nameFromJson(name);
      const engines = request.methods.find((given) => given.name === method)?.engines ?? [];
      return {
        name: method,
        delegates: delegates.map(({ compileSpecs, blob }, at): DelegateSpec => ({
          backend: BACKEND_ID,
          placement: 'segment',
          data: blob === null ? suitesBlob(engines[at]) : bytesFromHex(blob.hex),
          compileSpecs: compileSpecs.map(({ key, value }) => ({
            key: nameFromJson(key),
            value: bytesFromHex(value.hex),
          })),
        })),
      };
    }),
  });
}

/** The blob of an engine whose exporter writes none; empty for one that was not given. */
function suitesBlob(engine: ExportRequest['methods'][number]['engines'][number] | undefined): Uint8Array {
  if (engine === undefined) return new Uint8Array(0);
  const { plan, device, inputs, outputs, aliases } = engine;
  const bindings = [inputs, outputs].flatMap((names, at) =>
    names.map((name) => ({ name, dtype: '', shape: [], is_input: at === 0 })),
  );
  return encodeBlob({
    engine: plan,
    metadata: { io_bindings: bindings, aliased_io: aliases, device_id: device },
  });
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch (cause) {
    throw new ProtocolFault(`it wrote a line that is not JSON: ${briefly(JSON.stringify(text))}`, null, {
      cause,
    });
  }
  if (typeof said === 'object' && said !== null && !Array.isArray(said)) {
    return said as Readonly<Record<string, unknown>>;
  }
  throw new ProtocolFault(`it wrote a line that is not a JSON object: ${briefly(JSON.stringify(text))}`);
}

function refuseFaults(said: object, schemas: Schemas, part: string, what: string): void {
  const faults = schemas.faults('exporter-protocol', said, part);
  if (faults.length === 0) return;
  throw new ProtocolFault(`${what} is not as the protocol says: ${briefly([...new Set(faults)].join('; '))}`);
}

function line(message: object): string {
  return `${JSON.stringify(message)}\n`;
}
