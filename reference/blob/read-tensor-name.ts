import type { Json } from './json.js';

/**
 * The name of a tensor in a blob's metadata; null when the member is none. TensorRT takes it as a C
 * string, so it has at least one byte and no NUL (WSB-BLOB-18).
 */
export function readTensorName(member: Json | undefined): string | null {
  return member?.kind === 'string' && member.text !== '' && !member.text.includes('\0') ? member.text : null;
}
