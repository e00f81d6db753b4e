import { deflateSync, inflateSync } from 'node:zlib';

/** What a case in a command begins with; what follows is Base64 for URLs. */
export const INLINE = 'inline:';

/** Bytes of JSON that a case in a command may become. */
const MOST_BYTES = 64 << 20;

/**
 * What most cases are made of, so that one of them is a few characters. Of zlib's format, whose
 * checksum tells a case that was made with another text: a new text needs no version of its own.
 */
const DICTIONARY = [
  ...['{"sequence":[{"case":', '},"times":3,"decision":"', ',"policy":"upstream"', ',"isolated":true'],
  ...['"createInferRuntime"', '"cudaSetDevice"', '"cudaEventCreateWithFlags"', '"cudaMalloc"'],
  ...[
    '"hostMemory":{"kind":"separate","availableBytes":"',
    '"sharing":"copies"',
    '"threads":{"count":2,"seed":',
  ],
  ...[
    '{"bytes":{"hex":"',
    '"magic":"TR02"',
    '"metadata":{"device_id":',
    '"faults":[{"call":"',
    '","occurrence":1}]',
  ],
  ...[
    '"aliases":[{"output":',
    '"inline","data"',
    '"kind":"decision"',
    '"deserializes":false',
    '"dtype":6,"shape":[',
  ],
  ...['"module":{"options":[{"backend":"TensorRTBackend","via":"builder","options":[{"key":"'],
  ...['"weight_streaming_budget","value":{"type":"int","value":', '{"type":"string","bytes":{"hex":"'],
  ...['{"op":"execute","method":"forward"},{"op":"unload","method":"forward"}]'],
  ...[
    '{"id":"WSB-PARSE-01/control/spec=\\"5\\"","title":"control violation boundary","clauses":["WSB-OPT-02",',
  ],
  ...['"WSB-PREC-03","WSB-APPLY-04","WSB-BLOB-05"],"kind":"boundary","request":{"program":{"methods":['],
  ...['{"name":"forward","delegates":[{"backend":"TensorRTBackend","placement":"segment","data":{"blob":{'],
  ...['"engine":{"plan":{"kind":"scripted","deserializes":true,"createsContext":true,"enqueues":true,'],
  ...['"setAnswers":[],"setDefault":true,"streamable":"1024","automatic":"512","scratch":"64",'],
  ...['"activations":"16","bindings":[]}}}},"compileSpecs":[{"key":"weight_streaming_budget",'],
  ...['"value":{"text":"5"}}]}]}]},"verification":"internal-consistency","device":{'],
  ...['"totalBytes":"1099511627776","freeBytes":"1099511627776","faults":[]},"module":null,'],
  ...['"steps":[{"op":"load","method":"forward","options":[{"backend":"TensorRTBackend","via":"builder",'],
  ...['"options":[{"key":"weight_streaming_budget","value":{"type":"string","bytes":{"text":"5"}}}]}]}]}}'],
  ...['"steps":[{"op":"load","method":"forward","options":null}]}}'],
].join('');

const dictionary = Buffer.from(DICTIONARY);

/**
 * A case, or a sequence, as a text without blanks that a command line can hold: `inline:` and its
 * JSON, compressed.
 */
export function inlineCase(json: object): string {
  return INLINE + deflateSync(JSON.stringify(json), { level: 9, dictionary }).toString('base64url');
}

/**
 * The JSON that such a text stands for.
 *
 * @throws Error saying why it stands for none.
 */
export function caseFromInline(text: string): string {
  const encoded = text.slice(INLINE.length);
  if (!/^[\w-]+$/.test(encoded)) throw new Error('it holds what is no Base64 for URLs: copy all of it');
  try {
    return inflateSync(Buffer.from(encoded, 'base64url'), {
      dictionary,
      maxOutputLength: MOST_BYTES,
    }).toString('utf8');
  } catch (cause) {
    throw new Error(`it is cut, was changed, or is of another version of the suite (${reasonOf(cause)})`, {
      cause,
    });
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
