import { describe, expect, it } from 'vitest';
import { incidentLines } from './finding-text.js';

const CRASH = { kind: 'crashed', signal: 'SIGABRT', exitCode: null, cases: 1 } as const;

describe('incidentLines', () => {
  it('tell what happened, and the last lines of standard error', () => {
    const stderr = Array.from({ length: 20 }, (_, at) => `line ${at}\n`).join('');
    const lines = incidentLines({ ...CRASH, message: 'it was ended by SIGABRT', stderr });
    expect(lines.slice(0, 3)).toEqual(['crashed: it was ended by SIGABRT', 'standard error:', 'line 8']);
    expect(lines).toHaveLength(14);
  });

  it('say nothing of standard error when nothing was written', () => {
    expect(incidentLines({ ...CRASH, message: 'it ended', stderr: ' \n' })).toEqual(['crashed: it ended']);
  });

  it('let no control character of a subject through', () => {
    const lines = incidentLines({ ...CRASH, message: 'it wrote "\x07"', stderr: '\x1b[2Jgone\r\n' });
    expect(lines).toEqual(['crashed: it wrote "\\x07"', 'standard error:', '\\x1b[2Jgone\\x0d']);
  });
});
