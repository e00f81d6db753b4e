import { ProtocolFault } from './protocol-fault.js';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text of bytes of a subject (spec/protocol.md, "Lines").
 *
 * @throws ProtocolFault when they are not UTF-8.
 */
export function utf8Text(bytes: Uint8Array, seq: number | null = null): string {
  try {
    return UTF8.decode(bytes);
  } catch (cause) {
    throw new ProtocolFault('it wrote text that is not UTF-8', seq, { cause });
  }
}
