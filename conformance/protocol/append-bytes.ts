/** Where the bytes that are in use end, in each buffer that was made here. */
const used = new WeakMap<ArrayBufferLike, number>();

/**
 * `bytes`, and `more` behind them. Over many calls each byte is copied a few times at most, however
 * long the whole becomes: a buffer has room to grow. What was handed out before keeps its content.
 */
export function appendBytes(bytes: Buffer, more: Buffer): Buffer {
  if (bytes.length === 0) return more;
  const { buffer, byteOffset: start } = bytes;
  const end = start + bytes.length;
  const size = bytes.length + more.length;
  if (used.get(buffer) === end && start + size <= buffer.byteLength) {
    const grown = Buffer.from(buffer, start, size);
    grown.set(more, bytes.length);
    used.set(buffer, start + size);
    return grown;
  }
  const room = Buffer.allocUnsafeSlow(2 * size);
  room.set(bytes);
  room.set(more, bytes.length);
  used.set(room.buffer, size);
  return room.subarray(0, size);
}
