/**
 * A message that breaks spec/protocol.md. `seq` is the case that it is about; null where it tells
 * none.
 */
export class ProtocolFault extends Error {
  override readonly name = 'ProtocolFault';
  readonly code = 'ERR_PROTOCOL';

  constructor(
    message: string,
    readonly seq: number | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
