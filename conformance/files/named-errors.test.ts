import { closeSync, openSync, readSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { naming } from './named-errors.js';

function caught(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown.');
}

describe('naming', () => {
  it('adds the file to what the system says of one that is open', () => {
    const opened = openSync('/', 'r');
    const error = caught(() => naming('the/file', () => readSync(opened, new Uint8Array(1))));
    closeSync(opened);
    expect(error).toMatchObject({ code: 'EISDIR', syscall: 'read', path: 'the/file' });
    expect((error as Error).message).toMatch(/^EISDIR: .*, read 'the\/file'$/);
  });

  it('leaves a result and every other error as they are', () => {
    expect(naming('the/file', () => 5)).toBe(5);
    const other = new Error('other');
    const thrown = caught(() =>
      naming('the/file', () => {
        throw other;
      }),
    );
    expect(thrown).toBe(other);
    const named = caught(() => naming('the/file', () => openSync('/none/at/all', 'r')));
    expect(named).toMatchObject({ path: '/none/at/all' });
  });
});
