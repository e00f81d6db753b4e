import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { removeLeftTemporaries } from './left-temporaries.js';
import { replaceFileBy } from './replace-file.js';

const folder = mkdtempSync(join(tmpdir(), 'left-temporaries-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('removeLeftTemporaries', () => {
  it('removes what a write that was cut short leaves, and nothing else', () => {
    let temporary = '';
    replaceFileBy(join(folder, 'report.jsonl'), () => {
      [temporary = ''] = readdirSync(folder);
    });
    const others = ['report.jsonl', 'notes.tmp', `${temporary}.kept`];
    for (const name of [temporary, ...others]) writeFileSync(join(folder, name), '');
    removeLeftTemporaries(folder);
    expect(readdirSync(folder).sort()).toEqual([...others].sort());
  });

  it('needs no folder', () => {
    expect(() => {
      removeLeftTemporaries(join(folder, 'none'));
    }).not.toThrow();
    expect(() => {
      removeLeftTemporaries(join(folder, 'report.jsonl'));
    }).toThrow('ENOTDIR');
  });
});
