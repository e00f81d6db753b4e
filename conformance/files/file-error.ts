/** A file or a folder that is not to be read or written. The message says why and what to do. */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly code = 'ERR_FILE';
}
