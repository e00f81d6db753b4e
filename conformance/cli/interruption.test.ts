import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Header } from '../run/header.js';
import type { Step } from '../run/state/step.js';
import { interruption } from './interruption.js';

const UNSET = { time: null, backendId: null, policy: null, profile: null };
const HEADER = {
  subject: { name: 'native' },
  seed: '1',
  filter: null,
  options: { cases: 600, decisions: 0, depth: 'both', ...UNSET, require: [] },
} as unknown as Header;

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a run that a signal ends', () => {
  it('says how far it came and how it is continued, and gives back what it holds', () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    const done: string[] = [];
    const close = (): void => void done.push('closed');
    const err = { write: (text: string) => void done.push(text) };
    const release = (): void => void done.push('released');
    const told = interruption(HEADER, 'reports', [{ close }], { out: () => undefined, err }, release);
    told.begin?.(HEADER);
    told.step?.({ cases: 512, milliseconds: 1500 } as Step);
    process.emit('SIGHUP', 'SIGHUP');
    expect(done).toEqual(['closed', 'released', expect.any(String)]);
    expect(done[2]).toMatch(/^\nInterrupted by SIGHUP: 512 cases were counted in 1\.5 s\.\n/);
    expect(done[2]).toMatch(/\n {2}npx trt-conformance run --subject native .* --report reports --resume\n$/);
    // It does then what it would have done.
    expect(kill.mock.calls).toEqual([[process.pid, 'SIGHUP']]);
    expect(process.listenerCount('SIGHUP')).toBe(0);
  });

  it('is left alone once it is over', () => {
    const told = interruption(
      HEADER,
      'reports',
      [],
      { out: () => undefined, err: { write: () => true } },
      () => undefined,
    );
    told.begin?.(HEADER);
    told.close?.();
    expect(process.listenerCount('SIGHUP')).toBe(0);
  });
});
