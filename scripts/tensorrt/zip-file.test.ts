import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { deflateRawSync } from 'node:zlib';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { openZipEntry, readZipEntries } from './zip-file.mjs';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'zip-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A zip file with an extra field in each local header, which the directory does not repeat. */
function zipOf(entries: readonly { name: string; content: Buffer; method: number }[], comment = ''): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, method } of entries) {
    const data = method === 8 ? deflateRawSync(content) : content;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    local.writeUInt16LE(4, 28);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt32LE(content.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    directory.push(entry, Buffer.from(name));
    const whole = Buffer.concat([local, Buffer.from(name), Buffer.alloc(4), data]);
    locals.push(whole);
    offset += whole.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, ...directory, end, Buffer.from(comment)]);
}

async function save(name: string, content: Buffer): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
}

test.each(['', 'a comment after the end'])('entries are read back, comment "%s"', async (comment) => {
  const stored = { name: 'META-INF/stored', content: Buffer.from('as it is'), method: 0 };
  const deflated = { name: 'org/deflated', content: Buffer.alloc(100_000, 'abc'), method: 8 };
  const file = await save('good.zip', zipOf([stored, deflated], comment));
  const entries = await readZipEntries(file);
  expect(entries.map(({ name }) => name)).toEqual([stored.name, deflated.name]);
  const contents = await Promise.all(entries.map(async (entry) => buffer(await openZipEntry(file, entry))));
  expect(contents[0]?.equals(stored.content)).toBe(true);
  expect(contents[1]?.equals(deflated.content)).toBe(true);
});

test.each([
  ['an empty file', Buffer.alloc(0)],
  ['a file without end record', Buffer.alloc(4096, 1)],
])('%s is no zip file', async (_, content) => {
  await expect(readZipEntries(await save('bad.zip', content))).rejects.toThrow('is no zip file');
});

test('a directory that breaks off is an error', async () => {
  const whole = zipOf([{ name: 'one', content: Buffer.from('1'), method: 0 }]);
  whole.writeUInt32LE(0, 38); // the directory's signature
  await expect(readZipEntries(await save('cut.zip', whole))).rejects.toThrow('breaks off');
});

test('an unknown compression is an error', async () => {
  const file = await save('lzma.zip', zipOf([{ name: 'one', content: Buffer.from('1'), method: 14 }]));
  const [entry] = await readZipEntries(file);
  if (entry === undefined) throw new Error('no entry');
  await expect(openZipEntry(file, entry)).rejects.toThrow('method 14');
});
