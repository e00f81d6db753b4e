import { describe, expect, it } from 'vitest';
import { linesTable, readCounts } from './counted-lines.mjs';

const PLACES = { build: '/suite/native/build/coverage', native: '/suite/native', sources: ['delegate'] };

function document(file: string, counts: Readonly<Record<number, number>>): string {
  const lines = Object.entries(counts).map(([line, count]) => ({ line_number: Number(line), count }));
  return JSON.stringify({ files: [{ file, lines }] });
}

describe('lines that ran', () => {
  it('are added up over all files of counters, and those of others are left out', () => {
    const files = readCounts(
      [
        document('/suite/native/delegate/a.h', { 3: 0, 4: 2, 5: 0 }),
        document('../../delegate/a.h', { 3: 1, 4: 5, 5: 0 }),
        document('/usr/include/vector', { 1: 9 }),
        '',
      ],
      PLACES,
    );
    expect(files).toEqual([
      {
        file: 'delegate/a.h',
        counts: new Map([
          [3, 1],
          [4, 7],
          [5, 0],
        ]),
      },
    ]);
  });

  it('are told file by file, with those that did not run', () => {
    const counts = (...ran: number[]): Map<number, number> => new Map(ran.map((count, n) => [n + 1, count]));
    const { text, percent } = linesTable(
      [
        { file: 'delegate/a.cpp', counts: counts(1, 0, 0, 0, 1, 0) },
        { file: 'delegate/b.cpp', counts: counts(1, 1) },
        { file: 'tensorrt/c.cpp', counts: counts(0) },
      ],
      (file) => file.startsWith('tensorrt/'),
    );
    expect(percent).toBe(50);
    expect(text.split('\n')).toEqual([
      'file             lines    run        did not run',
      'delegate/a.cpp       6      2  33.3 %   2-4 6',
      'delegate/b.cpp       2      2 100.0 %',
      'tensorrt/c.cpp       1      0   0.0 %   1 (does not count)',
      'all                  8      4  50.0 %',
    ]);
    expect(linesTable([]).percent).toBe(0);
  });
});
