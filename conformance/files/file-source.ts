import { statSync } from 'node:fs';
import type { ByteSource } from '../../reference/index.js';
import { PlainFile } from './plain-file.js';

/** A plain file that is open only while it is read, so that nobody has to close it. */
export function fileSource(file: string): ByteSource {
  return {
    size: statSync(file).size,
    read: (at, size) => {
      const opened = new PlainFile(file);
      try {
        return opened.read(at, size);
      } finally {
        opened.close();
      }
    },
  };
}
