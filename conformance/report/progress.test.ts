import { describe, expect, it } from 'vitest';
import { Progress, type ProgressStream } from './progress.js';
import type { RunPart } from '../run/plan/section.js';

const SECTION: RunPart = { name: 'generated', size: 2000, of: 'drawn' };

function stream(isTTY: boolean): ProgressStream & { readonly written: string[] } {
  const written: string[] = [];
  return { isTTY, columns: 40, written, write: (text) => written.push(text) };
}

describe('Progress', () => {
  it('writes one line over and over on a terminal, not too often, and takes it away', () => {
    const terminal = stream(true);
    let now = 0;
    const progress = new Progress(terminal, () => now);
    progress.update(SECTION, 0);
    now = 50;
    progress.update(SECTION, 500);
    now = 150;
    progress.update(SECTION, 1000);
    progress.end();
    expect(terminal.written).toEqual([
      '\r\u001b[2Kgenerated  0 of 2,000 cases  0 %',
      '\r\u001b[2Kgenerated  1,000 of 2,000 cases  50 %',
      '\r\u001b[2K',
    ]);
  });

  it('writes a plain line for what takes long elsewhere', () => {
    const log = stream(false);
    const progress = new Progress(log);
    progress.update({ name: 'parsing', size: 0, of: 'written' }, 0);
    progress.update(SECTION, 0);
    progress.update(SECTION, 1000);
    progress.end();
    expect(log.written).toEqual(['generated: 2,000 cases\n']);
  });
});
