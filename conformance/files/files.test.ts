import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from './folder-lock.js';
import { makeFolder } from './make-folder.js';
import { GrowingFile, writeNewFile } from './new-file.js';
import { readPlainFile } from './read-plain-file.js';
import { replaceFile } from './replace-file.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function pipeIn(name: string): string {
  const pipe = join(folder, name);
  expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
  return pipe;
}

describe('readPlainFile', () => {
  it('reads plain files, and none that is larger than allowed', () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'x'.repeat(100));
    expect(readPlainFile(file, 100)).toHaveLength(100);
    expect(() => readPlainFile(file, 99)).toThrow(/more than 99 bytes/);
    expect(readPlainFile('/proc/self/stat').length).toBeGreaterThan(0);
  });

  it('refuses a folder, a device and a pipe without waiting', () => {
    for (const other of [folder, '/dev/zero', pipeIn('pipe')]) {
      expect(() => readPlainFile(other)).toThrow(/is not a plain file/);
    }
  });
});

describe('replaceFile', () => {
  it('writes in place of what is there, and leaves nothing beside it', () => {
    const file = join(folder, 'file');
    replaceFile(file, 'old');
    replaceFile(file, 'new');
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('does not write through a link', () => {
    const [file, link] = [join(folder, 'other'), join(folder, 'link')];
    writeFileSync(file, 'of somebody else');
    symlinkSync(file, link);
    replaceFile(link, 'ours');
    expect(readFileSync(file, 'utf8')).toBe('of somebody else');
    expect(readFileSync(link, 'utf8')).toBe('ours');
  });

  it('refuses what is no plain file', () => {
    expect(() => {
      replaceFile(pipeIn('pipe'), 'x');
    }).toThrow(/is not a plain file/);
  });
});

describe('writeNewFile', () => {
  it('writes a file that there was not, and no other, behind a link either', () => {
    const [file, link] = [join(folder, 'file'), join(folder, 'link')];
    writeNewFile(file, 'ours');
    expect(readFileSync(file, 'utf8')).toBe('ours');
    symlinkSync(join(folder, 'elsewhere'), link);
    for (const taken of [file, link]) {
      expect(() => {
        writeNewFile(taken, 'x');
      }).toThrow(/EEXIST/);
    }
    expect(existsSync(join(folder, 'elsewhere'))).toBe(false);
  });
});

describe('GrowingFile', () => {
  it('takes the place of a link and grows, and what it is linked to stays', () => {
    const [other, file] = [join(folder, 'other'), join(folder, 'file')];
    writeFileSync(other, 'of somebody else');
    symlinkSync(other, file);
    const growing = new GrowingFile(file, 'first\n');
    growing.add('second\n');
    expect(readFileSync(file, 'utf8')).toBe('first\nsecond\n');
    growing.close();
    expect(readFileSync(other, 'utf8')).toBe('of somebody else');
  });
});

describe('makeFolder', () => {
  it('makes folders, and says where there can be none', () => {
    makeFolder(join(folder, 'a/b/c'));
    makeFolder(join(folder, 'a/b/c'));
    expect(existsSync(join(folder, 'a/b/c'))).toBe(true);
    writeFileSync(join(folder, 'file'), '');
    expect(() => {
      makeFolder(join(folder, 'file'));
    }).toThrow(/is not a folder/);
    expect(() => {
      makeFolder('/proc/nothing/x');
    }).toThrow(/can be made/);
  });
});

describe('lockFolder', () => {
  it('gives a folder to one alone, until it is given back', () => {
    const unlock = lockFolder(folder, 'A run');
    expect(() => lockFolder(folder, 'A run')).toThrow(`A run of process ${process.pid} has the folder`);
    unlock();
    lockFolder(folder, 'A run')();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes over the lock of a process that is gone, or is another one by now', () => {
    const ended = spawnSync('true').pid;
    for (const left of [`${ended} 1\n`, `${process.pid} 1\n`, 'nonsense']) {
      writeFileSync(join(folder, '.lock'), left);
      lockFolder(folder, 'A run')();
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it('leaves the removal of a lock to one process at a time', () => {
    const ended = `${spawnSync('true').pid} 1\n`;
    const lock = join(folder, '.lock');
    const removal = `${lock}.removal`;
    writeFileSync(lock, ended);
    // A process that lives is at it, and could have taken the folder since we looked.
    lockFolder(folder, 'A run')();
    writeFileSync(lock, ended);
    const unlock = lockFolder(mkdtempSync(join(folder, 'other-')), 'A run');
    const [other = ''] = readdirSync(folder).filter((name) => name.startsWith('other-'));
    linkSync(join(folder, other, '.lock'), removal);
    expect(() => lockFolder(folder, 'A run')).toThrow(/has the folder/);
    expect(readFileSync(lock, 'latin1')).toBe(ended);
    unlock();
    rmSync(join(folder, other), { recursive: true });
    // One that ended amid it is not waited for.
    rmSync(removal);
    writeFileSync(removal, ended);
    lockFolder(folder, 'A run')();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('removes what a process that was killed left when it tried, and none of one that lives', () => {
    const tries = [spawnSync('true').pid, process.pid].map((pid) => `.lock.${pid}.${randomUUID()}`);
    for (const name of [...tries, '.lock.removal']) writeFileSync(join(folder, name), '');
    lockFolder(folder, 'A run')();
    expect(readdirSync(folder)).toEqual(tries.slice(1));
  });

  it('keeps its file out of the way of a folder of that name', () => {
    mkdirSync(join(folder, '.lock'));
    expect(() => lockFolder(folder, 'A run')).toThrow();
  });
});
