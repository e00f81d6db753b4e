import { UnsafeRead } from './guarded-buffer.js';
import { unreadable, type Readable } from './program-fault.js';

/** Runs a read; one that leaves the file becomes the fault `crash-hazard`. */
export function guarded<T>(read: () => Readable<T>): Readable<T> {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnsafeRead) return unreadable('crash-hazard', `the runtime ${error.message}`);
    throw error;
  }
}
