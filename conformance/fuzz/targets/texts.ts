/** Bytes as lower-case hexadecimal, two digits a byte. Twin: native/fuzz/texts.h. */
export function hexText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}

/** A text's bytes in UTF-8, as {@link hexText}. */
export function hexOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('hex');
}
